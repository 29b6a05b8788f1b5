import { Json, JsonObject, type ModelMessage, type ModelReply, z } from '../kit/index.ts'

// What a sub-step gave is read from the history, perhaps by a later release: it is checked like anything stored.

const Calls = z.array(
  z.object({ id: z.string(), name: z.string(), args: JsonObject, unreadable: z.string().optional() }),
)
const Kept = z.object({ model: z.string(), content: Json })
const tokens = z.number().min(0)

const Reply = z.object({
  text: z.string(),
  calls: Calls,
  data: Json.optional(),
  kept: Kept.optional(),
  stop: z.enum(['end', 'tools', 'length', 'refused']),
  usage: z.object({
    model: z.string(),
    inputTokens: tokens,
    outputTokens: tokens,
    cacheReadTokens: tokens,
    cacheWriteTokens: tokens,
    costUsd: tokens.nullable(),
  }),
})

const Messages = z.array(
  z.discriminatedUnion('role', [
    z.object({ role: z.literal('user'), text: z.string() }),
    z.object({ role: z.literal('assistant'), text: z.string(), calls: Calls, kept: Kept.optional() }),
    z.object({
      role: z.literal('tool'),
      results: z.array(
        z.object({ id: z.string(), name: z.string(), output: z.string(), failed: z.boolean() }),
      ),
    }),
  ]),
)

/** `undefined` fields go: what is stored is JSON. */
export function toRecord(value: ModelReply | readonly ModelMessage[]): Json {
  const json: Json = JSON.parse(JSON.stringify(value))
  return json
}

export const replyFrom = (recorded: Json): ModelReply => withoutUndefined(Reply.parse(recorded))

export const messagesFrom = (recorded: Json): ModelMessage[] =>
  Messages.parse(recorded).map((message): ModelMessage => {
    if (message.role !== 'assistant') return message
    const { kept, calls, ...rest } = message
    return { ...rest, calls: calls.map(callOf), ...(kept ? { kept } : {}) }
  })

function withoutUndefined({ data, kept, calls, ...reply }: z.infer<typeof Reply>): ModelReply {
  return {
    ...reply,
    calls: calls.map(callOf),
    ...(data === undefined ? {} : { data }),
    ...(kept ? { kept } : {}),
  }
}

const callOf = ({ unreadable, ...call }: z.infer<typeof Calls>[number]) =>
  unreadable === undefined ? call : { ...call, unreadable }

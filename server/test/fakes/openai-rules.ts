import { z } from 'zod'

/** What the real API refuses with 400; `param` names the field. */
export class Refused extends Error {
  readonly param: string | null
  constructor(message: string, param: string | null = null) {
    super(message)
    this.param = param
  }
}

const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/)
const Message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: z.string() }),
  z.strictObject({ role: z.literal('user'), content: z.string() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.string().nullable(),
    tool_calls: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          type: z.literal('function'),
          function: z.strictObject({ name, arguments: z.string() }),
          extra_content: z.unknown().optional(),
        }),
      )
      .min(1)
      .optional(),
  }),
  z.strictObject({ role: z.literal('tool'), tool_call_id: z.string(), content: z.string() }),
])

export const OpenaiBody = z.strictObject({
  model: z.string().min(1),
  messages: z.array(Message).min(1),
  max_tokens: z.number().int().min(1).optional(),
  max_completion_tokens: z.number().int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  stream: z.literal(true),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.strictObject({
          name,
          description: z.string().max(1_024).optional(),
          parameters: z.looseObject({ type: z.literal('object') }),
        }),
      }),
    )
    .min(1)
    .optional(),
  response_format: z
    .strictObject({
      type: z.literal('json_schema'),
      json_schema: z.strictObject({
        name,
        schema: z.record(z.string(), z.unknown()),
        strict: z.boolean().optional(),
      }),
    })
    .optional(),
})
export type OpenaiBody = z.infer<typeof OpenaiBody>

/** Throws `Refused` where the real API answers 400. */
export function checkBody(given: unknown): OpenaiBody {
  const parsed = OpenaiBody.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    if (issue?.code === 'unrecognized_keys')
      throw new Refused(`Unrecognized request argument supplied: ${issue.keys.join(', ')}`)
    throw new Refused(issue?.message ?? 'Invalid', issue?.path.join('.') ?? null)
  }
  checkOrder(parsed.data.messages)
  return parsed.data
}

function checkOrder(messages: OpenaiBody['messages']): void {
  let open: string[] = []
  for (const [at, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (!open.includes(message.tool_call_id))
        throw new Refused(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
          `messages.[${at}].role`,
        )
      open = open.filter((id) => id !== message.tool_call_id)
      continue
    }
    unanswered(open)
    if (message.role !== 'assistant') continue
    open = (message.tool_calls ?? []).map(({ id }) => id)
    if (message.content === null && open.length === 0)
      throw new Refused('Invalid value for content: expected a string, got null.', `messages.[${at}].content`)
  }
  unanswered(open)
}

function unanswered(open: readonly string[]): void {
  if (open.length > 0)
    throw new Refused(
      `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${open.join(', ')}`,
      'messages',
    )
}

import type { Anthropic } from '@anthropic-ai/sdk'
import { z } from 'zod'
import type { JsonSchema } from '#nodes/kit/define-node.ts'
import { type Json, JsonObject } from '#nodes/kit/json.ts'
import type { ModelMessage } from '#nodes/kit/model.ts'
import type { ModelCall } from './model-call.ts'
import { argsSchema } from './plain-schema.ts'

type Block = Anthropic.ContentBlockParam
const cached = { cache_control: { type: 'ephemeral' as const } }

/** The body of a request. What stays the same from call to call is marked for the provider's cache. */
export function anthropicRequest(call: ModelCall, schema: JsonSchema | undefined) {
  const tools = (call.tools ?? []).map(({ name, description, args }) => ({
    ...{ name, description: description.slice(0, 10_000), input_schema: argsSchema(args) },
  }))
  return {
    model: call.model,
    max_tokens: call.maxTokens,
    messages: withCache(call.messages.map((message) => paramOf(message, call.model))),
    ...(call.system === undefined
      ? {}
      : { system: [{ type: 'text' as const, text: call.system, ...cached }] }),
    ...(tools.length === 0
      ? {}
      : { tools: tools.map((tool, at) => (at === tools.length - 1 ? { ...tool, ...cached } : tool)) }),
    ...(schema ? { output_config: { format: { type: 'json_schema' as const, schema } } } : {}),
  }
}

interface Param {
  role: 'user' | 'assistant'
  content: Block[]
}

function paramOf(message: ModelMessage, model: string): Param {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: [{ type: 'text', text: nonEmpty(message.text) }] }
    case 'tool':
      return {
        role: 'user',
        content: message.results.map(({ id, output, failed }) => ({
          ...{ type: 'tool_result', tool_use_id: id, content: nonEmpty(output) },
          ...(failed ? { is_error: true } : {}),
        })),
      }
    case 'assistant':
      return { role: 'assistant', content: assistantBlocks(message, model) }
  }
  return message satisfies never
}

/** What was kept goes back as it came, block by block, and only to the model that made it: thinking is signed. */
function assistantBlocks(
  { text, calls, kept }: Extract<ModelMessage, { role: 'assistant' }>,
  model: string,
): Block[] {
  if (kept?.model === model) {
    const blocks = keptBlocks(kept.content)
    if (blocks.length > 0) return blocks
  }
  const blocks: Block[] = [
    ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map(({ id, name, args }) => ({ type: 'tool_use' as const, id, name, input: args })),
  ]
  return blocks.length > 0 ? blocks : [{ type: 'text', text: nonEmpty('') }]
}

const Kept = z.array(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
    z.object({ type: z.literal('redacted_thinking'), data: z.string() }),
    z.object({ type: z.literal('text'), text: z.string() }),
    z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: JsonObject }),
  ]),
)

/** The blocks of a reply, as far as they can go back; empty when one of them cannot. */
export function keptBlocks(content: Json): z.infer<typeof Kept> {
  const { data = [] } = Kept.safeParse(content)
  return data
}

/** Marks the end of the conversation so far: the next call has the same beginning. */
function withCache(messages: Param[]): Param[] {
  return messages.map((message, at) => {
    const last = message.content.at(-1)
    if (at !== messages.length - 1 || !last || (last.type !== 'text' && last.type !== 'tool_result'))
      return message
    return { ...message, content: [...message.content.slice(0, -1), { ...last, ...cached }] }
  })
}

const nonEmpty = (text: string) => (text.trim() === '' ? '(nothing)' : text)

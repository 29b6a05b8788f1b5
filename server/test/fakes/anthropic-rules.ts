import { z } from 'zod'

/** What the real API refuses with `invalid_request_error`, in its own words as far as they are known. */
export class Refused extends Error {}

const cache = z
  .strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
  .optional()
const text = z.strictObject({ type: z.literal('text'), text: z.string(), cache_control: cache })
const thinking = z.strictObject({
  type: z.literal('thinking'),
  thinking: z.string(),
  signature: z.string(),
})
const redacted = z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() })
const toolUse = z.strictObject({
  type: z.literal('tool_use'),
  id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  input: z.record(z.string(), z.unknown()),
  cache_control: cache,
})
const toolResult = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(text)]).optional(),
  is_error: z.boolean().optional(),
  cache_control: cache,
})
const block = z.discriminatedUnion('type', [text, thinking, redacted, toolUse, toolResult])
type FakeBlock = z.infer<typeof block>

const Message = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(block)]),
})

export const AnthropicBody = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.number().int().min(1).max(128_000),
  messages: z.array(Message).min(1),
  system: z.union([z.string(), z.array(text)]).optional(),
  stream: z.boolean().optional(),
  tools: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
        description: z.string().optional(),
        input_schema: z.looseObject({ type: z.literal('object') }),
        cache_control: cache,
      }),
    )
    .optional(),
  output_config: z
    .strictObject({
      format: z
        .strictObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) })
        .optional(),
    })
    .optional(),
})
export type AnthropicBody = z.infer<typeof AnthropicBody>

/** Throws `Refused` where the real API answers 400. `signatures`: those it gave, with the model they are of. */
export function checkBody(given: unknown, signatures: ReadonlyMap<string, string>): AnthropicBody {
  const parsed = AnthropicBody.safeParse(given)
  if (!parsed.success) throw new Refused(inItsWords(parsed.error))
  const body = parsed.data
  const marks = JSON.stringify(body).match(/"cache_control":\{/g)?.length ?? 0
  if (marks > 4)
    throw new Refused(`A maximum of 4 blocks with cache_control may be provided. Found ${marks}.`)
  if (body.messages.at(-1)?.role === 'assistant')
    throw new Refused('This model does not support assistant message prefill.')
  const names = (body.tools ?? []).map(({ name }) => name)
  if (new Set(names).size < names.length) throw new Refused('tools: Tool names must be unique.')
  for (const [at, message] of body.messages.entries())
    checkBlocks({ at, body, signatures }, blocksOf(message))
  if (body.output_config?.format) checkClosed(body.output_config.format.schema, 'output_config.format.schema')
  return body
}

function inItsWords(error: z.ZodError): string {
  const [issue] = error.issues
  const at = issue?.path.join('.') ?? ''
  if (issue?.code === 'unrecognized_keys')
    return `${[...issue.path, issue.keys[0]].join('.')}: Extra inputs are not permitted`
  return `${at}: ${issue?.message ?? 'Invalid'}`
}

const blocksOf = ({ content }: AnthropicBody['messages'][number]): FakeBlock[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content

function checkBlocks(
  about: { at: number; body: AnthropicBody; signatures: ReadonlyMap<string, string> },
  blocks: FakeBlock[],
): void {
  const { at, body, signatures } = about
  const where = `messages.${at}`
  if (blocks.length === 0) throw new Refused(`${where}: all messages must have non-empty content`)
  const used = idsOf(body.messages[at], 'tool_use')
  const answered = idsOf(body.messages[at + 1], 'tool_result')
  const open = used.filter((id) => !answered.includes(id))
  if (open.length > 0)
    throw new Refused(
      `${where}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
    )
  const asked = idsOf(body.messages[at - 1], 'tool_use')
  for (const [index, one] of blocks.entries()) {
    if (one.type === 'text' && one.text.trim() === '')
      throw new Refused(`${where}: text content blocks must be non-empty`)
    if (one.type === 'tool_result' && !asked.includes(one.tool_use_id))
      throw new Refused(
        `${where}.content.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${one.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      )
    if (one.type === 'thinking' && signatures.get(one.signature) !== body.model)
      throw new Refused(`${where}.content.${index}: Invalid \`signature\` in \`thinking\` block`)
  }
}

function idsOf(message: AnthropicBody['messages'][number] | undefined, type: 'tool_use' | 'tool_result') {
  if (!message || typeof message.content === 'string') return []
  return message.content.flatMap((one) => {
    if (one.type !== type) return []
    return one.type === 'tool_use' ? [one.id] : one.type === 'tool_result' ? [one.tool_use_id] : []
  })
}

/** Every object in a schema of structured output is closed. */
function checkClosed(schema: unknown, path: string): void {
  if (typeof schema !== 'object' || schema === null) return
  if ('type' in schema && schema.type === 'object')
    if (!('additionalProperties' in schema) || schema.additionalProperties !== false)
      throw new Refused(`${path}: For 'object' type, 'additionalProperties' must be explicitly set to false`)
  for (const [key, value] of Object.entries(schema)) checkClosed(value, `${path}.${key}`)
}

import { Anthropic } from '@anthropic-ai/sdk'
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema'
import type { JsonSchema } from '#nodes/kit/define-node.ts'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import { isJson, isJsonObject, type Json } from '#nodes/kit/json.ts'
import type { ModelReply, ToolCall } from '#nodes/kit/model.ts'
import { anthropicRequest, keptBlocks } from './anthropic-messages.ts'
import { failureOf, garbled, wrapped } from './failures.ts'
import type { AsksModel, ModelCall } from './model-call.ts'
import { parsed } from './parsed.ts'
import { plainSchema } from './plain-schema.ts'

/** Claude, through Anthropic's SDK. `temperature` is not sent: the API refuses it since version 2026-10-21. */
export const askAnthropic: AsksModel = async (call) => {
  const client = new Anthropic({
    // The key is added by our fetch, outside the SDK: nothing here can log or repeat it.
    ...{ apiKey: 'added-later', webhookKey: null },
    baseURL: call.baseUrl.replace(/\/+$/, ''),
    fetch: call.fetch,
    maxRetries: 0,
    timeout: 600_000,
    logLevel: 'off',
    openTelemetry: false,
  })
  const schema = call.schema === undefined ? undefined : strictSchema(call.schema)
  try {
    const stream = client.messages.stream(anthropicRequest(call, schema), { signal: call.signal })
    if (call.onText) stream.on('text', call.onText)
    return replyOf(await stream.finalMessage(), call)
  } catch (error) {
    throw call.signal.aborted ? error : asFailure(error, call.model)
  }
}

/** The API wants `type` everywhere and closed objects; keywords it does not know become part of the description. */
function strictSchema(schema: JsonSchema): JsonSchema {
  try {
    const strict: unknown = transformJSONSchema(plainSchema(schema))
    if (isJson(strict) && isJsonObject(strict)) return strict
  } catch {
    // Said below.
  }
  throw fail('invalid_schema', 'The shape of the answer is not a JSON Schema with a type in every part.')
}

function replyOf(message: Anthropic.Message, call: ModelCall): ModelReply {
  const text = message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
  const calls = message.content.flatMap((block) => (block.type === 'tool_use' ? [callOf(block)] : []))
  const isThought = message.content.some(({ type }) => type.endsWith('thinking'))
  const data = call.schema === undefined || calls.length > 0 ? undefined : parsed(text)
  const { usage } = message
  const [cacheReadTokens, cacheWriteTokens] = [
    usage.cache_read_input_tokens ?? 0,
    usage.cache_creation_input_tokens ?? 0,
  ]
  const content = keptBlocks(jsonOf(message.content))
  return {
    text,
    calls,
    ...(data === undefined ? {} : { data }),
    // Only in the middle of using tools must it come back.
    ...(isThought && calls.length > 0 ? { kept: { model: call.model, content } } : {}),
    stop: stopOf(message),
    usage: call.priced({
      model: call.model,
      inputTokens: usage.input_tokens + cacheReadTokens + cacheWriteTokens,
      outputTokens: usage.output_tokens,
      ...{ cacheReadTokens, cacheWriteTokens },
    }),
  }
}

function stopOf({ stop_reason: reason }: Anthropic.Message): ModelReply['stop'] {
  switch (reason) {
    case 'tool_use':
      return 'tools'
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length'
    case 'refusal':
      return 'refused'
    case 'end_turn':
    case 'stop_sequence':
    case 'pause_turn':
    case null:
      return 'end'
  }
  reason satisfies never
  return 'end'
}

function callOf({ id, name, input }: Anthropic.ToolUseBlock): ToolCall {
  const args = jsonOf(input)
  if (isJsonObject(args)) return { id, name, args }
  return { id, name, args: {}, unreadable: JSON.stringify(input).slice(0, 500) }
}

function jsonOf(value: unknown): Json {
  const json: unknown = JSON.parse(JSON.stringify(value ?? null))
  return isJson(json) ? json : null
}

function asFailure(error: unknown, model: string): StepFailure {
  const ours = error instanceof StepFailure ? error : wrapped(error)
  if (ours) return ours
  if (error instanceof Anthropic.APIConnectionTimeoutError)
    return fail('timeout', `${model} did not answer in time.`, { retryable: true })
  if (error instanceof Anthropic.APIConnectionError)
    return fail('network', `The connection to ${model} failed.`, { retryable: true })
  if (error instanceof Anthropic.APIError)
    return failureOf(
      {
        status: error.status,
        kinds: [error.type, error.errorCode],
        message: error.apiMessage ?? '',
        retryAfter: error.headers?.get('retry-after'),
      },
      model,
    )
  return garbled(model, error instanceof Error ? error.message : String(error))
}

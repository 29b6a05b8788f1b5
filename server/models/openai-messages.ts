import type { OpenAI } from 'openai'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'
import type { ModelMessage } from '#nodes/kit/model.ts'
import type { ModelCall } from './model-call.ts'
import { argsSchema, plainSchema } from './plain-schema.ts'

type Param = OpenAI.ChatCompletionMessageParam

/** How the shape of an answer is asked for: by the API's own means, or in words where a server has none. */
export type ShapeBy = 'format' | 'words'

/** The body of a request. */
export function openaiRequest(call: ModelCall, shapeBy: ShapeBy) {
  const { schema } = call
  const words = schema !== undefined && shapeBy === 'words' ? inWords(plainSchema(schema)) : ''
  const system = [call.system ?? '', words].filter((part) => part !== '').join('\n\n')
  return {
    model: call.model,
    messages: [
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      ...call.messages.flatMap((message) => paramsOf(message, call.model)),
    ],
    ...limitOf(call),
    ...(call.temperature === undefined ? {} : { temperature: call.temperature }),
    ...(call.tools && call.tools.length > 0 ? { tools: toolsOf(call.tools) } : {}),
    ...(schema !== undefined && shapeBy === 'format'
      ? {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { name: 'answer', schema: plainSchema(schema), strict: false },
          },
        }
      : {}),
    stream_options: { include_usage: true },
  }
}

/** OpenAI itself has a new name for the limit; most others know the old one alone. */
const limitOf = ({ baseUrl, maxTokens }: ModelCall) =>
  new URL(baseUrl).hostname.endsWith('openai.com')
    ? { max_completion_tokens: maxTokens }
    : { max_tokens: maxTokens }

const toolsOf = (tools: NonNullable<ModelCall['tools']>) =>
  tools.map(({ name, description, args }) => ({
    type: 'function' as const,
    function: { name, description: description.slice(0, 1_024), parameters: argsSchema(args) },
  }))

const inWords = (schema: Json) =>
  `Answer with nothing but JSON that fits this JSON Schema: ${JSON.stringify(schema)}`

function paramsOf(message: ModelMessage, model: string): Param[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: message.text }]
    case 'tool':
      return message.results.map(({ id, output, failed }) => ({
        ...{ role: 'tool', tool_call_id: id, content: failed ? `Error: ${output}` : output },
      }))
    case 'assistant':
      return [assistantParam(message, model)]
  }
  return message satisfies never
}

function assistantParam(message: Extract<ModelMessage, { role: 'assistant' }>, model: string): Param {
  const { text, calls, kept } = message
  const extras = kept?.model === model && isJsonObject(kept.content) ? kept.content : {}
  if (calls.length === 0) return { role: 'assistant', content: text }
  return {
    role: 'assistant',
    content: text === '' ? null : text,
    tool_calls: calls.map(({ id, name, args }) => ({
      ...{ id, type: 'function' as const, function: { name, arguments: JSON.stringify(args) } },
      // Gemini signs its thinking into the call, and wants it back.
      ...(Object.hasOwn(extras, id) ? { extra_content: extras[id] } : {}),
    })),
  }
}

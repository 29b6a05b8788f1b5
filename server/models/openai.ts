import { OpenAI } from 'openai'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { ModelReply } from '#nodes/kit/model.ts'
import { failureOf, garbled, wrapped } from './failures.ts'
import type { AsksModel, ModelCall } from './model-call.ts'
import { openaiRequest, type ShapeBy } from './openai-messages.ts'
import { OpenaiReply } from './openai-reply.ts'
import { parsed } from './parsed.ts'

/** Whatever speaks the chat completions API, through OpenAI's SDK. */
export const askOpenai: AsksModel = async (call) => {
  const client = new OpenAI({
    // The key is added by our fetch, outside the SDK: nothing here can log or repeat it.
    ...{ apiKey: 'added-later', organization: null, project: null, webhookSecret: null, adminAPIKey: null },
    baseURL: call.baseUrl.replace(/\/+$/, ''),
    fetch: call.fetch,
    maxRetries: 0,
    timeout: 600_000,
    logLevel: 'off',
  })
  try {
    return await asked(client, call, 'format')
  } catch (error) {
    if (call.signal.aborted) throw error
    if (call.schema === undefined || !isFormatUnknown(error)) throw asFailure(error, call.model)
  }
  try {
    return await asked(client, call, 'words')
  } catch (error) {
    throw call.signal.aborted ? error : asFailure(error, call.model)
  }
}

async function asked(client: OpenAI, call: ModelCall, shapeBy: ShapeBy): Promise<ModelReply> {
  const stream = await client.chat.completions.create(
    { ...openaiRequest(call, shapeBy), stream: true },
    { signal: call.signal },
  )
  const reply = new OpenaiReply()
  for await (const chunk of stream) {
    const text = reply.add(chunk)
    if (text !== '') call.onText?.(text)
  }
  // The SDK ends an aborted stream without a word.
  call.signal.throwIfAborted()
  const before = call.messages.flatMap((message) => (message.role === 'assistant' ? message.calls : []))
  const finished = reply.finished(call, before.length)
  if (call.schema === undefined || finished.calls.length > 0) return finished
  const data = parsed(finished.text)
  return data === undefined ? finished : { ...finished, data }
}

/** A server without structured output says so with a 400 that names the field. */
const isFormatUnknown = (error: unknown) =>
  error instanceof OpenAI.APIError &&
  (error.status === 400 || error.status === 422) &&
  /response_format|json_schema/i.test(`${error.param ?? ''} ${error.message}`)

function asFailure(error: unknown, model: string): StepFailure {
  const ours = error instanceof StepFailure ? error : wrapped(error)
  if (ours) return ours
  if (error instanceof OpenAI.APIConnectionTimeoutError)
    return fail('timeout', `${model} did not answer in time.`, { retryable: true })
  if (error instanceof OpenAI.APIConnectionError)
    return fail('network', `The connection to ${model} failed.`, { retryable: true })
  if (error instanceof OpenAI.APIError)
    return failureOf(
      {
        status: error.status,
        kinds: [error.code, error.type],
        message: error.message,
        retryAfter: error.headers?.get('retry-after'),
      },
      model,
    )
  return garbled(model, error instanceof Error ? error.message : String(error))
}

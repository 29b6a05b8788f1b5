import { type FakeCall, type FakeReply, jsonOf, serveFake } from './fake.ts'
import { checkBody, type OpenaiBody, Refused } from './openai-rules.ts'

export const openaiKey = 'sk-fake-3c9b1e7a5f2d4086'

/** What the fake says to one request. */
export interface OpenaiScript {
  text?: string
  refusal?: string
  /** `extra`: what Gemini signs into a call. */
  calls?: readonly { id?: string; name: string; args: string | Record<string, unknown>; extra?: unknown }[]
  stop?: 'stop' | 'length' | 'tool_calls' | 'content_filter'
  usage?: { input?: number; output?: number; cached?: number }
  error?: {
    status: number
    code?: string
    type?: string
    message: string
    headers?: Record<string, string>
  }
  breaks?: 'connection'
  raw?: string
}

export type OpenaiAnswer =
  | readonly OpenaiScript[]
  | ((body: OpenaiBody, call: number) => OpenaiScript | Promise<OpenaiScript>)

interface About {
  replies: OpenaiAnswer
  apiKey?: string
  /** As servers are that know no structured output. */
  withoutFormat?: boolean
  /** As servers are that send every tool call whole and under the index 0. */
  oneIndex?: boolean
  /** As servers are that give tool calls no ids. */
  withoutIds?: boolean
}

/** The chat completions API on loopback, at `<url>/v1`: strict about key, body and the order of messages. */
export async function startOpenaiFake(about: About) {
  const { replies, apiKey = openaiKey, withoutFormat = false } = about
  const requests: OpenaiBody[] = []

  async function answer(call: FakeCall): Promise<FakeReply> {
    if (call.headers.authorization !== `Bearer ${apiKey}`)
      return refused(401, 'Incorrect API key provided.', { code: 'invalid_api_key' })
    if (call.method === 'GET' && call.path === '/v1/models')
      return { json: { object: 'list', data: [{ id: 'gpt-6.1-sol', object: 'model' }] } }
    if (call.method !== 'POST' || call.path !== '/v1/chat/completions')
      return refused(404, `Invalid URL (${call.method} ${call.path})`)
    try {
      const body = checkBody(jsonOf(call))
      if (withoutFormat && body.response_format)
        throw new Refused('response_format is not supported', 'response_format')
      requests.push(body)
      return await replyTo(body)
    } catch (error) {
      if (error instanceof Refused) return refused(400, error.message, { param: error.param })
      throw error
    }
  }

  async function replyTo(body: OpenaiBody): Promise<FakeReply> {
    const number = requests.length - 1
    const script = typeof replies === 'function' ? await replies(body, number) : replies[number]
    if (!script)
      return refused(500, `The script has no reply for request ${number}`, { type: 'server_error' })
    const { error, raw } = script
    if (error) return refused(error.status, error.message, error)
    const stream = raw === undefined ? chunks(body, { script, number, about }) : pieces([raw])
    return { headers: { 'content-type': 'text/event-stream' }, stream }
  }

  const fake = await serveFake(answer)
  return { url: `${fake.url}/v1`, requests, calls: fake.calls, close: fake.close }
}

function refused(
  status: number,
  message: string,
  more: {
    code?: string
    type?: string
    param?: string | null
    headers?: Record<string, string>
  } = {},
): FakeReply {
  const { code = null, type = 'invalid_request_error', param = null, headers = {} } = more
  return { status, headers, json: { error: { message, type, param, code } } }
}

async function* pieces(all: readonly string[]): AsyncIterable<string> {
  yield* all
}

async function* chunks(
  body: OpenaiBody,
  { script, number, about }: { script: OpenaiScript; number: number; about: About },
): AsyncIterable<string> {
  const { text, refusal, calls = [], usage = {} } = script
  const withUsage = body.stream_options?.include_usage === true
  const chunk = (choices: unknown[], counted: unknown = null) =>
    `data: ${JSON.stringify({
      ...{ id: `chatcmpl-${number}`, object: 'chat.completion.chunk', created: 1_790_000_000 },
      ...{ model: body.model, choices },
      ...(withUsage ? { usage: counted } : {}),
    })}\n\n`
  const piece = (delta: object, finish: string | null = null) =>
    chunk([{ index: 0, delta, logprobs: null, finish_reason: finish }])
  yield piece({ role: 'assistant', content: '', refusal: null })
  for (const half of text === undefined ? [] : halves(text)) {
    yield piece({ content: half })
    if (script.breaks === 'connection') throw new Error('Broken off')
  }
  if (refusal !== undefined) yield piece({ refusal })
  for (const [at, { id = `call_${number}_${at}`, name, args, extra }] of calls.entries()) {
    const index = about.oneIndex ? 0 : at
    const written = typeof args === 'string' ? args : JSON.stringify(args)
    const own = about.withoutIds ? {} : { id }
    const head = {
      ...{ index, ...own, type: 'function' },
      ...(extra === undefined ? {} : { extra_content: extra }),
    }
    if (about.oneIndex) {
      yield piece({ tool_calls: [{ ...head, function: { name, arguments: written } }] })
      continue
    }
    yield piece({ tool_calls: [{ ...head, function: { name, arguments: '' } }] })
    for (const half of halves(written))
      yield piece({ tool_calls: [{ index, function: { arguments: half } }] })
  }
  yield piece({}, script.stop ?? (calls.length > 0 ? 'tool_calls' : 'stop'))
  const { input = 100, output = 20, cached = 0 } = usage
  if (withUsage)
    yield chunk([], {
      ...{ prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
      prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    })
  yield 'data: [DONE]\n\n'
}

const halves = (text: string) => [
  text.slice(0, Math.ceil(text.length / 2)),
  text.slice(Math.ceil(text.length / 2)),
]

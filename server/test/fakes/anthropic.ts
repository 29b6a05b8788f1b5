import { type AnthropicBody, checkBody, Refused } from './anthropic-rules.ts'
import { type FakeCall, type FakeReply, jsonOf, serveFake } from './fake.ts'

export const anthropicKey = 'sk-ant-fake-8a1f0c2b7d9e4f60'

/** What the fake says to one request. */
export interface AnthropicScript {
  thinking?: string
  text?: string
  calls?: readonly { id?: string; name: string; input: Record<string, unknown> }[]
  stop?: 'end_turn' | 'max_tokens' | 'tool_use' | 'refusal'
  usage?: { input?: number; output?: number; cacheRead?: number; cacheWrite?: number }
  /** An answer that is an error from the first. */
  error?: { status: number; type: string; message: string; headers?: Record<string, string> }
  /** An error in the middle of the stream, after the first piece of text. */
  breaks?: { type: string; message: string } | 'connection'
  /** What is sent instead of events, as it is. */
  raw?: string
}

export type AnthropicAnswer =
  | readonly AnthropicScript[]
  | ((body: AnthropicBody, call: number) => AnthropicScript | Promise<AnthropicScript>)

interface About {
  replies: AnthropicAnswer
  apiKey?: string
}

/**
 * Anthropic's Messages API on loopback: strict about headers, body and the order of messages, and streaming the events
 * of the real one (version 2026-10-21). `requests` are those it took.
 */
export async function startAnthropicFake({ replies, apiKey = anthropicKey }: About) {
  const requests: AnthropicBody[] = []
  const signatures = new Map<string, string>()

  async function answer(call: FakeCall): Promise<FakeReply> {
    const { 'x-api-key': key, authorization, 'anthropic-version': version } = call.headers
    if ((key ?? authorization?.replace(/^Bearer /, '')) !== apiKey)
      return refused(401, 'authentication_error', 'invalid x-api-key')
    if (version !== '2023-06-01' && version !== '2026-10-21')
      return refused(400, 'invalid_request_error', 'anthropic-version: header is required')
    if (call.method === 'GET' && call.path === '/v1/models')
      return { json: { data: [{ type: 'model', id: 'claude-sonnet-5-5' }], has_more: false } }
    if (call.method !== 'POST' || call.path !== '/v1/messages')
      return refused(404, 'not_found_error', 'Not found')
    try {
      const body = checkBody(jsonOf(call), signatures)
      requests.push(body)
      return await replyTo(body)
    } catch (error) {
      if (error instanceof Refused) return refused(400, 'invalid_request_error', error.message)
      throw error
    }
  }

  async function replyTo(body: AnthropicBody): Promise<FakeReply> {
    const number = requests.length - 1
    const script = typeof replies === 'function' ? await replies(body, number) : replies[number]
    if (!script) return refused(500, 'api_error', `The script has no reply for request ${number}`)
    const { error, raw } = script
    if (error) return refused(error.status, error.type, error.message, error.headers)
    if (body.stream !== true) return refused(400, 'invalid_request_error', 'The fake only streams')
    const stream = raw === undefined ? events(body, { script, number, signatures }) : pieces([raw])
    return { headers: { 'content-type': 'text/event-stream', 'request-id': `req_${number}` }, stream }
  }

  const fake = await serveFake(answer)
  return { url: fake.url, requests, calls: fake.calls, close: fake.close }
}

function refused(
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): FakeReply {
  const json = { type: 'error', error: { type, message }, request_id: 'req_fake' }
  return { status, headers: { 'request-id': 'req_fake', ...headers }, json }
}

async function* pieces(all: readonly string[]): AsyncIterable<string> {
  yield* all
}

const event = (data: { type: string; [key: string]: unknown }) =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`

async function* events(
  body: AnthropicBody,
  about: { script: AnthropicScript; number: number; signatures: Map<string, string> },
): AsyncIterable<string> {
  const { script, number } = about
  const { input = 100, output = 20, cacheRead = 0, cacheWrite = 0 } = script.usage ?? {}
  const usage = {
    input_tokens: input,
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
  }
  const message = { id: `msg_${number}`, type: 'message', role: 'assistant', model: body.model }
  const nothing = { content: [], stop_reason: null, stop_sequence: null, stop_details: null }
  yield event({
    type: 'message_start',
    message: { ...message, ...nothing, usage: { ...usage, output_tokens: 1 } },
  })
  yield event({ type: 'ping' })
  for (const [index, { start, deltas }] of blocksOf(body, about).entries()) {
    yield event({ type: 'content_block_start', index, content_block: start })
    for (const [piece, delta] of deltas.entries()) {
      yield event({ type: 'content_block_delta', index, delta })
      if (script.breaks === 'connection' && piece === 0) throw new Error('Broken off')
      if (typeof script.breaks === 'object' && piece === 0) {
        yield event({ type: 'error', error: script.breaks })
        return
      }
    }
    yield event({ type: 'content_block_stop', index })
  }
  const stop = script.stop ?? (script.calls?.length ? 'tool_use' : 'end_turn')
  yield event({
    type: 'message_delta',
    delta: { stop_reason: stop, stop_sequence: null, stop_details: null },
    usage: { ...usage, output_tokens: output },
  })
  yield event({ type: 'message_stop' })
}

function blocksOf(
  { model }: AnthropicBody,
  {
    script,
    number,
    signatures,
  }: { script: AnthropicScript; number: number; signatures: Map<string, string> },
) {
  const { thinking, text, calls = [] } = script
  const signature = `sig-${number}-${model}`
  if (thinking !== undefined) signatures.set(signature, model)
  return [
    ...(thinking === undefined
      ? []
      : [
          {
            start: { type: 'thinking', thinking: '', signature: '' },
            deltas: [
              { type: 'thinking_delta', thinking },
              { type: 'signature_delta', signature },
            ],
          },
        ]),
    ...(text === undefined
      ? []
      : [
          {
            start: { type: 'text', text: '' },
            deltas: halves(text).map((half) => ({ type: 'text_delta', text: half })),
          },
        ]),
    ...calls.map(({ id, name, input }, at) => ({
      start: { type: 'tool_use', id: id ?? `toolu_${number}_${at}`, name, input: {} },
      deltas: ['', ...halves(JSON.stringify(input))].map((half) => ({
        ...{ type: 'input_json_delta', partial_json: half },
      })),
    })),
  ]
}

const halves = (text: string) => [
  text.slice(0, Math.ceil(text.length / 2)),
  text.slice(Math.ceil(text.length / 2)),
]

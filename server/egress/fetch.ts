import { fail } from '#nodes/kit/failure.ts'
import type { EgressRequest } from './request.ts'
import type { StreamedReply } from './stream.ts'

/** What an SDK calls to reach the network. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

export interface FetchAbout {
  stream(request: EgressRequest): Promise<StreamedReply>
  /** The credential; added last, by the egress client, for its own hosts only. */
  connection: NonNullable<EgressRequest['connection']>
  signal: AbortSignal
}

/** Headers an SDK sets that are not its to set: its own idea of the key, and what belongs to the connection. */
const dropped = [
  'authorization',
  'x-api-key',
  'host',
  'connection',
  'content-length',
  'accept-encoding',
  'te',
  'traceparent',
  'tracestate',
  'baggage',
]
const empty = [101, 204, 205, 304]

/** A `fetch` for an SDK that goes through the guard: the SDK never holds the key, and reaches no other host. */
export function guardedFetch({ stream, connection, signal }: FetchAbout): Fetch {
  return async (input, init = {}) => {
    const { method = 'GET', body } = init
    if (body !== undefined && body !== null && typeof body !== 'string')
      throw fail('invalid_request', 'Only text can be sent here.')
    const headers = Object.fromEntries(
      [...new Headers(init.headers)].filter(([name]) => !dropped.includes(name)),
    )
    const reply = await stream({
      method: methodOf(method),
      url: input instanceof Request ? input.url : String(input),
      headers,
      ...(typeof body === 'string' ? { body } : {}),
      signal: init.signal ? AbortSignal.any([signal, init.signal]) : signal,
      connection,
    })
    const { status } = reply
    return new Response(empty.includes(status) ? null : reply.body, { status, headers: reply.headers })
  }
}

function methodOf(method: string): NonNullable<EgressRequest['method']> {
  const known = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const).find((one) => one === method)
  if (known) return known
  throw fail('invalid_request', `There is no method ${method} here.`)
}

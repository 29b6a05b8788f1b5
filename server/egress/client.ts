import type { Socket } from 'node:net'
import { Agent } from 'undici'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { HttpReply } from '#nodes/kit/http.ts'
import { guardedConnector } from './connector.ts'
import { asFailure, failureOfStatus } from './failures.ts'
import { createGuard, type Resolve, resolveByDns } from './guard.ts'
import { firstHop, type Hop, nextHop } from './hop.ts'
import { parseBody, readBody, readHeaders } from './reply.ts'
import type { EgressRequest } from './request.ts'
import { reachedAt, type ServiceHost } from './service-hosts.ts'
import { guardedSocket, type SocketTarget } from './socket.ts'
import { createStream, type StreamedReply } from './stream.ts'

export type { EgressRequest } from './request.ts'

export interface Egress {
  request(request: EgressRequest): Promise<HttpReply>
  /** The reply while it is written; the caller's signal is its only clock besides silence. */
  stream(request: EgressRequest): Promise<StreamedReply>
  /** A plain connection for another protocol, to a host that was checked in the same way. */
  connect(target: SocketTarget): Promise<Socket>
  close(): Promise<void>
}

export interface EgressOptions {
  /** Targets that need not be public: `host`, `host:port`, an address, a CIDR range. */
  allow: readonly string[]
  /** Services that are reached at another address. */
  services?: readonly ServiceHost[]
  maxBytes?: number
  maxRedirects?: number
  timeoutMs?: number
  resolve?: Resolve
  nowMs?: () => number
  /** More certificate authorities, as PEM. */
  ca?: string
}

const MAX_TIMEOUT_MS = 3_600_000
/** What is asked for as bytes becomes a file, and may be as large as one. */
const MAX_FILE_BYTES = 25 * 1024 * 1024

/** The one way out to the network (security D-10). Proxies named by the environment are not used. */
export function createEgress(options: EgressOptions): Egress {
  const { maxBytes = 10 * 1024 * 1024, maxRedirects = 5, timeoutMs = 30_000, nowMs = Date.now } = options
  const { services = [] } = options
  const { allow, resolve = resolveByDns } = options
  const guard = createGuard({ allow, resolve })
  const agent = new Agent({
    connect: guardedConnector(guard, options.ca),
    // One clock for the whole request, ours.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 4_000,
    maxHeaderSize: 64 * 1024,
  })

  async function send(hop: Hop, signal: AbortSignal): Promise<{ reply: HttpReply; location?: string }> {
    const url = reachedAt(hop.url, services)
    if (url !== hop.url) guard.checkUrl(url)
    const { origin, pathname, search } = url
    const {
      statusCode,
      headers: raw,
      body,
    } = await agent.request({
      origin,
      path: pathname + search,
      method: hop.method,
      headers: {
        'user-agent': 'Trama',
        accept: '*/*',
        ...hop.headers,
        'accept-encoding': 'gzip, deflate, br',
      },
      body: hop.body ?? null,
      signal,
    })
    // A body that is given up on says so with an error, which nobody waits for.
    body.on('error', () => undefined)
    const headers = readHeaders(raw)
    const isRedirect = [301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined
    if (isRedirect) {
      body.destroy()
      return { reply: { status: statusCode, headers, body: '' }, location: headers.location }
    }
    const empty = hop.method === 'HEAD' || statusCode === 204 || statusCode === 304
    const encoding = empty ? '' : (headers['content-encoding'] ?? '')
    const isFile = hop.bare.request.expect === 'bytes'
    const bytes = await readBody(body, { encoding, maxBytes: isFile ? MAX_FILE_BYTES : maxBytes })
    // An error is something to read, also where a file was asked for.
    if (isFile && statusCode < 400) return { reply: { status: statusCode, headers, body: null, bytes } }
    return { reply: { status: statusCode, headers, body: parseBody(bytes, headers) } }
  }

  async function follow(request: EgressRequest, signal: AbortSignal): Promise<HttpReply> {
    let hop = firstHop(request)
    for (let count = 0; count <= maxRedirects; count += 1) {
      guard.checkUrl(hop.url)
      const { reply, location } = await sent(hop, signal)
      if (location === undefined) {
        const failure = request.anyStatus
          ? null
          : failureOfStatus(reply, { host: hop.url.host, nowMs: nowMs() })
        if (failure) throw failure
        return reply
      }
      hop = nextHop(hop, { location, status: reply.status })
    }
    throw fail('too_many_redirects', `More than ${maxRedirects} redirects, the last to ${hop.url.host}`)
  }

  async function sent(hop: Hop, signal: AbortSignal) {
    try {
      return await send(hop, signal)
    } catch (error) {
      if (signal.aborted) throw error
      throw asFailure(error, hop.url.host)
    }
  }

  return {
    async request(request) {
      const limitMs = Math.min(request.timeoutMs ?? timeoutMs, MAX_TIMEOUT_MS)
      const clock = startClock(request.signal, limitMs)
      try {
        return await follow(request, clock.signal)
      } catch (error) {
        if (error instanceof StepFailure || request.signal?.aborted || !clock.signal.aborted) throw error
        throw fail('timeout', `No answer within ${limitMs} ms`, { retryable: true })
      } finally {
        clock.stop()
      }
    },
    stream: createStream({ guard, agent, services }),
    connect: (target) => guardedSocket({ allow, resolve }, target),
    close: () => agent.destroy(),
  }
}

/** Fires when the time is up or the caller gives up. `AbortSignal.any` and `timeout` cost more than the rest of a request. */
function startClock(caller: AbortSignal | undefined, limitMs: number) {
  const either = new AbortController()
  const giveUp = () => either.abort(caller?.reason)
  const timer = setTimeout(() => either.abort(), limitMs)
  if (caller?.aborted) giveUp()
  caller?.addEventListener('abort', giveUp, { once: true })
  return {
    signal: either.signal,
    stop() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', giveUp)
    },
  }
}

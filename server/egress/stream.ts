import type { Readable } from 'node:stream'
import type { Agent } from 'undici'
import { fail } from '#nodes/kit/failure.ts'
import { asFailure } from './failures.ts'
import type { Guard } from './guard.ts'
import { firstHop } from './hop.ts'
import { readHeaders } from './reply.ts'
import type { EgressRequest } from './request.ts'
import { reachedAt, type ServiceHost } from './service-hosts.ts'

/** A reply whose body comes piece by piece. Given up on, the stream is to be cancelled. */
export interface StreamedReply {
  status: number
  headers: Record<string, string>
  body: ReadableStream<Uint8Array>
}

export interface StreamAbout {
  guard: Guard
  agent: Agent
  services: readonly ServiceHost[]
  maxBytes?: number
  /** The longest silence, before the first byte and between any two. */
  idleMs?: number
}

const MAX_BYTES = 32 * 1024 * 1024
const IDLE_MS = 180_000

/**
 * The guarded way out for replies that are read while they are written. Follows no redirect, and takes no packed
 * body: both would need the whole of it.
 */
export function createStream(about: StreamAbout): (request: EgressRequest) => Promise<StreamedReply> {
  const { guard, agent, services, maxBytes = MAX_BYTES, idleMs = IDLE_MS } = about

  return async (request) => {
    const hop = firstHop(request)
    guard.checkUrl(hop.url)
    const url = reachedAt(hop.url, services)
    if (url !== hop.url) guard.checkUrl(url)
    const silence = createSilence(idleMs)
    const signal = request.signal ? AbortSignal.any([request.signal, silence.signal]) : silence.signal
    const failure = (error: unknown) => {
      if (request.signal?.aborted) return error
      return silence.signal.aborted ? silence.signal.reason : asFailure(error, hop.url.host)
    }
    try {
      const { statusCode, headers, body } = await agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: hop.method,
        headers: { 'user-agent': 'Trama', accept: '*/*', ...hop.headers, 'accept-encoding': 'identity' },
        body: hop.body ?? null,
        signal,
      })
      body.on('error', () => undefined)
      const reply = { status: statusCode, headers: readHeaders(headers) }
      const unreadable = whyNot(reply)
      if (unreadable) {
        body.destroy()
        throw unreadable
      }
      return { ...reply, body: limited(body, { maxBytes, silence, failure }) }
    } catch (error) {
      silence.end()
      throw failure(error)
    }
  }
}

function whyNot({ status, headers }: Omit<StreamedReply, 'body'>) {
  if (status >= 300 && status < 400)
    return fail('redirected', 'The address leads elsewhere. Give the address itself.')
  const { 'content-encoding': encoding = 'identity' } = headers
  return encoding === 'identity'
    ? null
    : fail('invalid_response', 'The answer is packed although it was asked not to be.')
}

interface Silence {
  signal: AbortSignal
  /** Something was heard. */
  heard(): void
  end(): void
}

function createSilence(idleMs: number): Silence {
  const stop = new AbortController()
  const late = () =>
    stop.abort(fail('timeout', `Nothing was heard for ${idleMs / 1000} s`, { retryable: true }))
  const timer = setTimeout(late, idleMs)
  return { signal: stop.signal, heard: () => timer.refresh(), end: () => clearTimeout(timer) }
}

function limited(
  source: Readable,
  about: { maxBytes: number; silence: Silence; failure: (error: unknown) => unknown },
): ReadableStream<Uint8Array> {
  const { maxBytes, silence, failure } = about
  const chunks: AsyncIterator<unknown> = source[Symbol.asyncIterator]()
  let size = 0
  const end = () => {
    silence.end()
    source.destroy()
  }
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next()
        silence.heard()
        if (done || !(value instanceof Uint8Array)) {
          end()
          controller.close()
          return
        }
        size += value.length
        if (size > maxBytes) throw fail('response_too_large', `The answer is larger than ${maxBytes} bytes`)
        controller.enqueue(value)
      } catch (error) {
        end()
        controller.error(failure(error))
      }
    },
    cancel: end,
  })
}

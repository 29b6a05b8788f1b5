import { fail, type StepFailure } from '#nodes/kit/failure.ts'
import type { HttpRequest } from '#nodes/kit/http.ts'
import { bodyOf } from './body.ts'
import { readHeaders, withoutSecrets } from './headers.ts'
import { matchesHosts } from './host-match.ts'
import type { EgressRequest } from './request.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const
type Method = (typeof methods)[number]

/** One request as it goes out; a redirect makes the next. */
export interface Hop {
  url: URL
  method: Method
  headers: Record<string, string>
  body?: string | Uint8Array
  /** The request without its credential, to go on with. */
  bare: { headers: Record<string, string>; request: EgressRequest; sameOrigin: boolean }
}

export function firstHop(request: EgressRequest): Hop {
  const url = readUrl(request.url)
  const sent = bodyOf(request)
  const { 'content-type': given, ...headers } = readHeaders(request.headers ?? {})
  const type = sent?.fixed ? sent.type : (given ?? sent?.type)
  const typed = type === undefined ? headers : { ...headers, 'content-type': type }
  for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.append(key, value)
  return hopTo({ url, method: methodOf(request), headers: typed, body: sent?.content }, request, true)
}

/** Where a redirect leads, and what may go there. */
export function nextHop(hop: Hop, answer: { location: string; status: number }): Hop {
  const { request } = hop.bare
  const url = readUrl(answer.location, hop.url)
  const sameOrigin = hop.bare.sameOrigin && url.origin === hop.url.origin
  const becomesGet =
    (answer.status === 303 && hop.method !== 'HEAD') || (answer.status <= 302 && hop.method === 'POST')
  const kept = url.origin === hop.url.origin ? hop.bare.headers : withoutSecrets(hop.bare.headers)
  const { 'content-type': _type, ...withoutType } = kept
  const part = becomesGet
    ? { url, method: 'GET' as const, headers: withoutType }
    : { url, method: hop.method, headers: kept, body: hop.body }
  return hopTo(part, request, sameOrigin)
}

function hopTo(part: Omit<Hop, 'bare'>, request: EgressRequest, sameOrigin: boolean): Hop {
  const { url } = part
  url.hash = ''
  if (request.allowedHosts && !matchesHosts(url, request.allowedHosts)) throw denied(url)
  const bare = { headers: part.headers, request, sameOrigin }
  if (!request.connection || !sameOrigin) return { ...part, bare }
  if (!matchesHosts(url, request.connection.hosts)) throw denied(url)
  const {
    headers = {},
    url: written,
    query = {},
  } = request.connection.attach({
    method: part.method,
    url: url.href,
    headers: part.headers,
  })
  const attached = readUrl(written)
  if (attached.origin !== url.origin) throw denied(attached)
  for (const [key, value] of Object.entries(query)) attached.searchParams.append(key, value)
  return { ...part, url: attached, headers: readHeaders(headers), bare }
}

function denied(url: URL): StepFailure {
  return fail('connection_host_denied', `The connection of this step may not be sent to ${url.host}`)
}

function readUrl(written: string, base?: URL): URL {
  if (written.length > 16_000) throw fail('invalid_url', 'The address is too long')
  if (URL.canParse(written, base?.href)) return new URL(written, base)
  throw fail('invalid_url', `“${written.slice(0, 100)}” is not an address like https://api.example.com/users`)
}

function methodOf({ method = 'GET' }: HttpRequest): Method {
  const known = methods.find((name) => name === method)
  if (known) return known
  throw fail('invalid_request', `There is no method “${String(method).slice(0, 20)}”`)
}

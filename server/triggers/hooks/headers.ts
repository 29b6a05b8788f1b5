import type { IncomingHttpHeaders } from 'node:http'

const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** Ours or the connection's, not the workflow's. Cookies are those of people who are signed in to Trama. */
const HIDDEN = new Set([...HOP_BY_HOP, 'cookie', 'cookie2'])

/** What a workflow may not say on our origin: cookies, its security, or how bytes are framed. */
const REFUSED = new Set([
  ...HOP_BY_HOP,
  'accept-ch',
  'access-control-allow-credentials',
  'alt-svc',
  'clear-site-data',
  'content-encoding',
  'content-length',
  'content-security-policy',
  'content-security-policy-report-only',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'nel',
  'origin-agent-cluster',
  'permissions-policy',
  'referrer-policy',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'set-cookie',
  'set-cookie2',
  'sourcemap',
  'strict-transport-security',
  'www-authenticate',
  'x-content-type-options',
  'x-frame-options',
])

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** The headers a workflow gets to see, lower-case. */
export function incomingHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const seen: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || HIDDEN.has(name)) continue
    const text = Array.isArray(value) ? value.join(', ') : value
    // One of our own API keys does not belong into a run's history.
    if (name === 'authorization' && /^bearer\s+trama_/i.test(text)) continue
    seen[name] = text
  }
  return seen
}

/** The headers of a workflow's answer that are sent on; null when one cannot be sent at all (CRLF, NUL, …). */
export function outgoingHeaders(headers: Record<string, string>): Record<string, string> | null {
  const sent: Record<string, string> = {}
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase()
    if (!NAME.test(name) || !VALUE.test(value)) return null
    if (!REFUSED.has(name)) sent[name] = value
  }
  return sent
}

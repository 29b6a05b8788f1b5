import { fail } from '#nodes/kit/failure.ts'

const name = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
// Tab, visible ASCII and Latin-1: what a header can carry.
const value = /^[\t\x20-\x7e\x80-\xff]*$/

/** Headers that belong to the connection or claim where a request came from: we set them, or nobody does. */
const ours = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'http2-settings',
  'forwarded',
  'via',
  'accept-encoding',
])
const oursBeginning = ['proxy-', 'x-forwarded-', 'sec-']

/** Lower-case names; throws `invalid_header` for what must not or cannot be sent. */
export function readHeaders(given: Record<string, string>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [written, text] of Object.entries(given)) {
    const lower = written.toLowerCase()
    if (!name.test(written))
      throw fail('invalid_header', `“${written.slice(0, 60)}” cannot be the name of a header`)
    if (ours.has(lower) || oursBeginning.some((start) => lower.startsWith(start)))
      throw fail('invalid_header', `The header “${lower}” cannot be set`)
    if (!value.test(text))
      throw fail(
        'invalid_header',
        `The header “${lower}” has a line break or a sign that headers cannot carry`,
      )
    headers[lower] = text.trim()
  }
  return headers
}

const harmless = ['accept', 'accept-language', 'content-type', 'user-agent']

/** What may go on to another origin: nothing that could be a secret. */
export function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => harmless.includes(key)))
}

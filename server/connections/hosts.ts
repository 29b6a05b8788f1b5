import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { z } from 'zod'

const NAME = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * A host a credential may be sent to: an exact name or address, or `*.example.com` for every name below it.
 * Kept in the form that a parsed URL has, so that the check when sending is a plain comparison.
 */
export const Host = z
  .string()
  .max(253)
  .transform((text, context) => {
    const host = normalise(text.trim())
    if (host) return host
    context.addIssue({
      code: 'custom',
      message: 'Give a host name such as api.example.com, or *.example.com; no https://, port or path',
    })
    return z.NEVER
  })

export const Hosts = z
  .array(Host)
  .min(1, 'Name at least one host this credential may be sent to')
  .max(20)
  .transform((hosts) => [...new Set(hosts)])

function normalise(text: string): string | null {
  // `domainToASCII` would cut at these instead of refusing.
  if (/[\s/?#\\@%]/.test(text)) return null
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  if (isIP(bare) === 6) return new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const wildcard = text.startsWith('*.')
  const ascii = domainToASCII(wildcard ? text.slice(2) : text)
  const host = wildcard ? `*.${ascii}` : ascii
  if (!ascii || !NAME.test(host)) return null
  // `*.com` would name half the internet, and an address has no names below it.
  if (wildcard && (!ascii.includes('.') || isIP(ascii))) return null
  return host
}

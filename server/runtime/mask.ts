import type { Json } from '#nodes/kit/json.ts'

/** Gives the same data with every secret in it replaced. */
export type Mask = <Value extends Json>(value: Value) => Value

export const HIDDEN = '[hidden]'

/** Shorter ones are in every other text: masking them would destroy data and hide nothing. */
const SHORTEST = 6

/** For data of a step that has no secret. */
export const noMask: Mask = (value) => value

/**
 * The second layer behind the egress client (security D-09): what comes back from a host that was sent a secret is
 * searched for it, as it is and in the encodings in which servers, libraries and code repeat it. A secret that is cut
 * into pieces is not found.
 */
export function maskOf(secrets: readonly string[]): Mask {
  const forms = [...new Set(secrets.filter(({ length }) => length >= SHORTEST).flatMap(formsOf))]
  if (forms.length === 0) return noMask
  // The longest first: a secret may be part of another's encoding.
  forms.sort((one, other) => other.length - one.length)
  const any = new RegExp(forms.map(literal).join('|'), 'gi')
  const small = forms.map((form) => form.toLowerCase())
  const text = (value: string) => {
    // Looking for plain text is far faster than the expression, and nearly always finds nothing.
    const searched = value.toLowerCase()
    return small.some((form) => searched.includes(form)) ? value.replace(any, HIDDEN) : value
  }
  return (value) => masked(value, text)
}

/** A text that was cut to its length may end in the beginning of a secret. */
export function withoutCutEnd(text: string, secrets: readonly string[]): string {
  for (const secret of secrets)
    for (let length = Math.min(secret.length, text.length) - 1; length >= SHORTEST; length -= 1)
      if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + HIDDEN
  return text
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    ...base64Forms(bytes),
    ...base64Forms(Buffer.from(secret, 'latin1')),
  ].filter(({ length }) => length >= SHORTEST)
}

/** Base64 of the secret wherever it begins in a longer text: as much of it as does not depend on what is around. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const own = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    return [own, own.replace(/\+/g, '-').replace(/\//g, '_')]
  })
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

/** Copies only what has a secret in it. Keys too: a server may send back what it got as names. */
function masked<Value extends Json>(value: Value, text: (value: string) => string): Value
function masked(value: Json, text: (value: string) => string): Json {
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const copy = value.map((one) => masked(one, text))
    return copy.every((one, at) => one === value[at]) ? value : copy
  }
  const before = Object.entries(value)
  const after = before.map(([key, one]): [string, Json] => [text(key), masked(one, text)])
  const isSame = after.every(([key, one], at) => key === before[at]?.[0] && one === before[at]?.[1])
  // Defines own properties, `__proto__` among them.
  return isSame ? value : Object.fromEntries(after)
}

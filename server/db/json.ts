import { Json } from '#nodes/kit/json.ts'

// PostgreSQL's json functions (and all of jsonb) refuse NUL and lone surrogates. They are stored as this private-use
// character and four hexadecimal digits; the character itself likewise, so that nothing is ambiguous.
const mark = '\uF8FF'
const needsEscape = /\\u0000|\\ud[89a-f]|\uF8FF/i
// Pairs of backslashes are matched first, so that the text `\\u0000` (a backslash and letters) is left alone.
const toEscape = /\\\\|\\u(0000|d[89a-f][0-9a-f]{2})|\uF8FF/gi
const escaped = /\uF8FF([0-9a-f]{4})/gi

/** The text to store in a json column: every JSON value comes back from `decodeJson` as it was. */
export function encodeJson(value: Json): string {
  return encodeJsonText(JSON.stringify(value))
}

/** The same of what `JSON.stringify` wrote: NUL and lone surrogates as \u escapes, whole surrogate pairs as they are. */
export function encodeJsonText(text: string): string {
  if (!needsEscape.test(text)) return text
  return text.replace(toEscape, (found, code: string | undefined) => {
    if (found === '\\\\') return found
    return mark + (code ?? 'f8ff')
  })
}

/** The value that was stored, from what the driver read. */
export function decodeJson(stored: unknown): Json {
  const value = isJson(stored) ? stored : Json.parse(stored)
  return holdsMark(value) ? unescaped(value) : value
}

// What a driver parsed is JSON at any depth; only what cannot be JSON at all is looked at closely.
function isJson(value: unknown): value is Json {
  return value === null || ['boolean', 'number', 'string', 'object'].includes(typeof value)
}

function holdsMark(value: Json): boolean {
  if (typeof value === 'string') return value.includes(mark)
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return value.some(holdsMark)
  return Object.keys(value).some((key) => key.includes(mark) || holdsMark(value[key] ?? null))
}

function unescaped(value: Json): Json {
  if (typeof value === 'string') return unescapeText(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(unescaped)
  // fromEntries makes own keys, also one that is called __proto__.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [unescapeText(key), unescaped(inner)]),
  )
}

function unescapeText(text: string): string {
  return text.replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

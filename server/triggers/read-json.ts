/** What a JSON body may be. Beyond it `readJson` throws `JsonRefusal`, whose message names the limit. */
export interface JsonLimits {
  depth: number
  values: number
}

export const jsonLimits: JsonLimits = { depth: 100, values: 100_000 }

/** Why a body is not taken as JSON; the message is meant for whoever sent it. */
export class JsonRefusal extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a body, which must be UTF-8 without a byte order mark. */
export function readText(bytes: Uint8Array): string {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw new JsonRefusal('The body is not valid UTF-8')
  }
  if (text.startsWith('\uFEFF'))
    throw new JsonRefusal('The body starts with a byte order mark; send it without')
  return text
}

/**
 * Parses JSON from outside. Depth and count are checked on the text, before anything is built, because values that
 * `JSON.parse` accepts can be too deep for `JSON.stringify` and for Postgres later on (security DS-01).
 * Keys such as `__proto__` come out as own, plain keys.
 */
export function readJson(text: string, limits: JsonLimits = jsonLimits): unknown {
  checkShape(text, limits)
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonRefusal('The body is not valid JSON')
  }
}

const QUOTE = 34
const BACKSLASH = 92
const COMMA = 44

/** Throws when JSON text nests too deep, holds too many values, or a number that is not finite. */
export function checkShape(text: string, limits: JsonLimits) {
  let depth = 0
  let values = 1
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) {
      at = endOfString(text, at)
    } else if (char === COMMA) {
      values += 1
    } else if (char === 91 || char === 123) {
      depth += 1
      values += 1
      if (depth > limits.depth) throw new JsonRefusal(`The JSON is nested deeper than ${limits.depth} levels`)
    } else if (char === 93 || char === 125) {
      depth -= 1
    } else if (isDigit(char)) {
      at = endOfNumber(text, at)
    }
    if (values > limits.values) throw new JsonRefusal(`The JSON holds more than ${limits.values} values`)
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (char === BACKSLASH) at += 1
    else if (char === QUOTE) return at
  }
  return text.length
}

function endOfNumber(text: string, start: number): number {
  let at = start
  while (at < text.length && isInNumber(text.charCodeAt(at))) at += 1
  if (!Number.isFinite(Number(text.slice(start, at)))) {
    const shown = text.slice(start, Math.min(at, start + 20))
    // Something like 1.2.3 is no number at all: JSON.parse says so.
    if (/^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text.slice(start, at)))
      throw new JsonRefusal(`The number ${shown} is too large`)
  }
  return at - 1
}

function isDigit(char: number) {
  return char >= 48 && char <= 57
}

/** Digits, `+ - . e E`. */
function isInNumber(char: number) {
  return isDigit(char) || char === 43 || char === 45 || char === 46 || char === 69 || char === 101
}

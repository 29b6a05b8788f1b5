/** A type as written in a signature: `string`, `T[]`, `U`, `(item: T, index: number) => U`. */
export type TypeText = string

export interface Param {
  name: string
  type: TypeText
  optional: boolean
  /** For a function: the types of what it is called with. */
  takes?: TypeText[]
}

export interface Signature {
  name: string
  params: Param[]
  returns: TypeText
}

/** Reads `slice(start?: number, end?: number): string`. */
export function parseSignature(text: string): Signature {
  const open = text.indexOf('(')
  const close = matching(text, open)
  const returns = text.slice(close + 1).replace(/^:\s*/, '')
  return { name: text.slice(0, open), params: splitParams(text.slice(open + 1, close)).map(param), returns }
}

function param(text: string): Param {
  const colon = text.indexOf(':')
  const label = text.slice(0, colon).trim()
  const type = text.slice(colon + 1).trim()
  const parsed: Param = {
    name: label.replace('?', '').replace('...', ''),
    type,
    optional: label.endsWith('?') || label.startsWith('...'),
  }
  if (!type.startsWith('(')) return parsed
  const inner = type.slice(1, matching(type, 0))
  return { ...parsed, takes: splitParams(inner).map((each) => each.slice(each.indexOf(':') + 1).trim()) }
}

function matching(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  throw new Error(`Unbalanced signature: ${text}`)
}

function splitParams(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '(' || sign === '{') depth += 1
    if (sign === ')' || sign === '}') depth -= 1
    if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  const last = text.slice(from).trim()
  return last ? [...parts, last] : parts
}

/** A piece of a text with picked data: words, or an expression shown as a pill. */
export type Part = string | { expr: string }

/** Whether a source is a whole expression; handed in so that this file stays free of the parser. */
export type IsExpression = (source: string) => boolean

/** The template literal that says the same: `Hello ${steps.fetch.body.name}`, in backticks. */
export function writeTemplate(parts: readonly Part[]): string {
  const body = joinTexts(parts)
    .map((part) => (typeof part === 'string' ? escapeText(part) : `\${${part.expr}}`))
    .join('')
  return `\`${body}\``
}

/** Neighbouring texts made one, empty ones dropped: the one way to write given parts. */
export function joinTexts(parts: readonly Part[]): Part[] {
  const joined: Part[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (part === '') continue
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part
    else joined.push(part)
  }
  return joined
}

/** A carriage return is escaped too: a template literal would read it as a line feed. */
const escapeText = (text: string) =>
  text.replace(/[\\`\r]|\$(?=\{)/g, (char) => (char === '\r' ? '\\r' : `\\${char}`))

/** The parts of a source that is exactly one template literal; null for any other expression. */
export function readTemplate(source: string, isExpression: IsExpression): Part[] | null {
  const trimmed = source.trim()
  if (trimmed.length < 2 || trimmed[0] !== '`') return null
  const parts: Part[] = []
  let text = ''
  let at = 1
  while (at < trimmed.length) {
    const char = trimmed[at]
    if (char === '`') return at === trimmed.length - 1 ? joinTexts([...parts, text]) : null
    if (char === '$' && trimmed[at + 1] === '{') {
      const end = endOfExpression(trimmed, at + 2, isExpression)
      if (end === null) return null
      parts.push(text, { expr: trimmed.slice(at + 2, end) })
      text = ''
      at = end + 1
      continue
    }
    const piece = char === '\\' ? readEscape(trimmed, at) : { text: char ?? '', end: at + 1 }
    if (piece === null) return null
    text += piece.text
    at = piece.end
  }
  return null
}

/** The first brace at which what came before is a whole expression; those inside strings and objects leave it open. */
function endOfExpression(source: string, from: number, isExpression: IsExpression): number | null {
  for (let end = source.indexOf('}', from); end !== -1; end = source.indexOf('}', end + 1)) {
    if (isExpression(source.slice(from, end))) return end
  }
  return null
}

const SINGLE: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '\n': '' }

function readEscape(source: string, at: number): { text: string; end: number } | null {
  const char = source[at + 1] ?? ''
  const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\})/.exec(
    source.slice(at + 1, at + 10),
  )
  if (code) {
    const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16)
    return point > 0x10ffff ? null : { text: String.fromCodePoint(point), end: at + 1 + code[0].length }
  }
  if (char === '0') return /\d/.test(source[at + 2] ?? '') ? null : { text: '\0', end: at + 2 }
  if (char === '' || /[1-9xu]/.test(char)) return null
  return { text: Object.hasOwn(SINGLE, char) ? (SINGLE[char] ?? '') : char, end: at + 2 }
}

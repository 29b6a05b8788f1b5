// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync, Visitor } from 'vite'
import { expect, it } from 'vitest'

const client = path.resolve(import.meta.dirname, '..')
/** Attributes that people read or hear. */
const spoken = new Set(['aria-label', 'title', 'placeholder', 'label', 'alt', 'text', 'description', 'help'])
// A name, and an expression, which is no word of a language.
const allowed = new Set(['ui/Logo.tsx: Trama', 'pages/editor/SettingsDialog.tsx: trigger.body.customerId'])
const isWords = (text: unknown): text is string => typeof text === 'string' && /\p{L}{2}/u.test(text)

/** Words written in JSX instead of in the messages, as `file: words`. */
function literalsIn(file: string, source: string): string[] {
  const found: string[] = []
  const note = (text: unknown) => {
    if (isWords(text)) found.push(`${file}: ${text.trim()}`)
  }
  new Visitor({
    JSXText: (node) => note(node.value),
    JSXExpressionContainer(node) {
      if (node.expression.type === 'Literal') note(node.expression.value)
    },
    JSXAttribute(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      const value = node.value
      if (spoken.has(name) && value?.type === 'Literal') note(value.value)
    },
  }).visit(parseSync(file, source).program)
  return found
}

it('finds words in text, braces and spoken attributes, and no others', () => {
  const source = `const a = <p title="Hello" className="text-muted" aria-hidden>Hi {'there'} {t('x')} · 5</p>`
  expect(literalsIn('a.tsx', source)).toEqual(['a.tsx: Hello', 'a.tsx: Hi', 'a.tsx: there'])
})

it('every word of the client is a message', () => {
  const files = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'),
  )
  const found = files.flatMap((file) => literalsIn(file, readFileSync(path.join(client, file), 'utf8')))
  expect(found.filter((literal) => !allowed.has(literal))).toEqual([])
})

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ExpressionError } from '#nodes/graph/expression/errors.ts'
import { evaluate } from '#nodes/graph/expression/evaluate.ts'
import { readSentence } from './expression-sentence.ts'

const scope = { trigger: { name: 'Ada', list: [1, 2], none: null, when: '2026-01-31' } }
function said(source: string) {
  try {
    return evaluate(source, scope)
  } catch (error) {
    if (error instanceof ExpressionError) return readSentence(error.message) ?? error.message
    throw error
  }
}

describe('what the expression language says', () => {
  it.each([
    [
      'trigger.nam',
      { key: 'absent', values: { path: 'trigger.nam' }, hint: { key: 'name', values: { name: 'name' } } },
    ],
    ['trigger.zzzzz', { key: 'absent', hint: { key: 'absent' } }],
    [
      'trigger.none.x',
      { key: 'absentInNull', values: { path: 'trigger.none.x', parent: 'trigger.none' }, hint: null },
    ],
    [
      'trigger.list[9]',
      { key: 'absentInList', values: { path: 'trigger.list[9]', parent: 'trigger.list', count: '2' } },
    ],
    [
      'trigger.none.trim()',
      { key: 'nullCall', values: { path: 'trigger.none', name: 'trim', other: 'trim' } },
    ],
    ['trigger.name - 1', { key: 'needsNumbers', values: { sign: '-', kind: 'text' }, hint: null }],
    ['trigger.when - 1', { key: 'needsNumbers', hint: { key: 'dates' } }],
    ['trigger.list.joined()', { key: 'noMethod', values: { name: 'joined' } }],
    ['trigger.name.map((x) => x)', { key: 'methodOn', values: { name: 'map', kind: 'text' } }],
    [
      'trigger.name.repeat("x")',
      { key: 'argument', values: { name: 'repeat', expected: 'a number', which: 'first', kind: 'text' } },
    ],
    ['1 / 0', { key: 'zero' }],
    ['trigger.', { key: 'incomplete' }],
    ['', { key: 'empty' }],
    ['a = 1', { key: 'assignment' }],
    ['trigger.list.map((x) => { return x })', { key: 'arrowBody', values: { braces: '{ }' } }],
    ['"x".toDate("y")', { key: 'noMethod' }],
  ])('is known by its words: %s', (source, expected) => {
    expect(said(source)).toMatchObject(expected)
  })

  it('is left as it is where it is not known', () => {
    expect(readSentence('Something new')).toBeNull()
    expect(readSentence('x'.repeat(100_000))).toBeNull()
  })

  // A sentence that is added there has to be added here, or a Brazilian reads it in English.
  it('is all known, as far as it is written in one piece', () => {
    const folder = path.resolve(import.meta.dirname, '../../nodes/graph/expression')
    const code = "'(?:syntax|forbidden|unknown_name|type|missing|budget|method|regex)'"
    const written = new RegExp(`\\((?:[\\w.]+, )?${code},\\s*(?:\`([^\`]*)\`|'([^'\\n]*)'),?\\s*\\)`, 'g')
    const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
    const sentences = files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(written)])
      .map(([, template, text = '']) => (template ?? text).replace(/\$\{[^}]*\}+/g, 'x'))
    expect(sentences.length).toBeGreaterThan(70)
    expect(sentences.filter((sentence) => readSentence(sentence) === null)).toEqual([])
  })
})

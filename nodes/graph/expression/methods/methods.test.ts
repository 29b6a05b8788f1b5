import { describe, expect, test } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { functions } from './statics.ts'
import { methods } from './tables.ts'

const scope = { now: '2026-03-09T15:05:00.000Z' }

const rows = [
  ...Object.entries(methods).flatMap(([kind, table]) =>
    [...table.values()].map((method) => ({ kind, method })),
  ),
  ...[...functions.values()].map((method) => ({ kind: 'function', method })),
]

describe('the example of each method gives what its documentation says', () => {
  test.each(rows.map(({ kind, method }) => [`${kind} ${method.label}`, method.example] as const))(
    '%s',
    (_, { source, gives }) => {
      expect(evaluate(source, scope)).toEqual(JSON.parse(gives))
    },
  )
})

test('every method says what it does in a sentence', () => {
  for (const { method } of rows) {
    expect(method.doc, method.label).toMatch(/^[A-Z0-9].*[.….]$/)
    expect(method.example.source, method.label).not.toBe('')
  }
})

test('the table covers what people use', () => {
  expect(rows.length).toBeGreaterThan(180)
})

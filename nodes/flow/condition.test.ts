import { describe, expect, test } from 'vitest'
import type { Json } from '../kit/index.ts'
import { holds, Op, opLabels } from './condition.ts'
import { fieldOf } from './field.ts'

describe('holds', () => {
  test.each<[Json, Op, Json, boolean]>([
    [1, 'equals', 1, true],
    [1, 'equals', '1', true],
    ['1', 'equals', '1.0', false],
    [1, 'equals', '1.0', true],
    [1, 'equals', 'one', false],
    ['a', 'equals', 'A', false],
    [true, 'equals', 'true', true],
    [0, 'equals', false, false],
    [null, 'equals', null, true],
    [null, 'equals', '', false],
    [null, 'equals', 0, false],
    [{ a: 1, b: [2] }, 'equals', { b: [2], a: 1 }, true],
    [[1, 2], 'equals', [2, 1], false],
    ['x', 'not_equals', 'y', true],
    ['10', 'greater', 9, true],
    ['10', 'greater', '9', true],
    ['b', 'greater', 'a', true],
    ['2026-02-01', 'greater', '2026-01-31', true],
    ['many', 'greater', 9, false],
    [null, 'less', 1, false],
    ['', 'less', 1, false],
    [2, 'less', '10', true],
    [3, 'at_least', 3, true],
    [3, 'at_most', '2', false],
    ['hello', 'contains', 'ell', true],
    [['a', 1], 'contains', '1', true],
    [{ a: 1 }, 'contains', 'a', true],
    [{ a: 1 }, 'contains', 'toString', false],
    [null, 'contains', '', false],
    [null, 'not_contains', 'a', true],
    [12_345, 'starts_with', 12, true],
    [null, 'starts_with', '', false],
    ['report.pdf', 'ends_with', '.pdf', true],
    ['  ', 'is_empty', null, true],
    [[], 'is_empty', null, true],
    [{}, 'is_empty', null, true],
    [0, 'is_empty', null, false],
    [false, 'is_not_empty', null, true],
    ['true', 'is_true', null, true],
    [1, 'is_true', null, false],
    ['false', 'is_false', null, true],
    [null, 'is_false', null, false],
    ['', 'exists', null, true],
    [null, 'exists', null, false],
  ])('%j %s %j', (left, op, right, expected) => expect(holds({ left, op, right })).toBe(expected))

  test('every comparison has words', () => {
    expect(Object.keys(opLabels)).toEqual(Op.unwrap().options)
  })
})

test.each<[string, Json]>([
  ['', { a: 1 }],
  ['customer.city', 'Porto'],
  ['emails.1', 'b@x'],
  ['emails.length', null],
  ['emails.x', null],
  ['customer.city.0', null],
  ['gone.deeper', null],
  ['__proto__', null],
  ['constructor.name', null],
])('fieldOf %s', (path, expected) => {
  const element = { customer: { city: 'Porto' }, emails: ['a@x', 'b@x'] }
  expect(fieldOf(path === '' ? { a: 1 } : element, path)).toEqual(expected)
})

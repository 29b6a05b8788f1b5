import { describe, expect, it } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import { changes, fieldTitle, flatFields, typed } from './flat.ts'

it('a list of plain values is flat, anything else is not', () => {
  expect(flatFields({ a: 1, b: 'x', c: null, d: false })).toEqual([
    ['a', 1],
    ['b', 'x'],
    ['c', null],
    ['d', false],
  ])
  const others: (Json | undefined)[] = [{ a: {} }, { a: [1] }, {}, [], 'x', null, undefined]
  for (const value of others) expect(flatFields(value)).toBeNull()
})

it('of what was changed only that shows', () => {
  expect(changes({ a: 1, b: 'x' }, { a: 2, b: 'x' })).toEqual({ a: 2 })
  expect(changes({ a: [1] }, { a: [2], b: 1 })).toEqual({ a: [2], b: 1 })
  expect(changes(undefined, { a: 1 })).toEqual({ a: 1 })
})

describe('what is typed', () => {
  it.each([
    [1, '2.5', 2.5],
    [1, '2,5', 2.5],
    [1, '', ''],
    [1, 'x', 'x'],
    ['1', '2', '2'],
    [null, 'a', 'a'],
  ])('into the field of %j: %j is %j', (before, text, value) => {
    expect(typed(before, text)).toBe(value)
  })
})

it.each([
  ['unitPrice', 'Unit price'],
  ['unit_price', 'Unit price'],
  ['total', 'Total'],
  ['orderID', 'Order id'],
])('%s reads %s', (name, title) => expect(fieldTitle(name)).toBe(title))

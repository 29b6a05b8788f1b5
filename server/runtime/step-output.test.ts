import { expect, test } from 'vitest'
import { stepOutput } from './step-output.ts'

const nested = (levels: number) => {
  let value: unknown = 'the end'
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { value }
  return value
}

test('what is JSON is given as it is, and nothing of it is copied', () => {
  const value = JSON.parse('{ "a": [1, null, true, { "__proto__": "own" }], "b": "text" }')
  expect(stepOutput(value)).toBe(value)
  expect(stepOutput(Object.assign(Object.create(null), { a: 1 }))).toEqual({ a: 1 })
})

test('dates become text, absent fields go, and what is no number is null', () => {
  const value = { at: new Date(0), gone: undefined, list: [undefined, Number.NaN], kept: 1 }
  expect(stepOutput(value)).toEqual({ at: '1970-01-01T00:00:00.000Z', list: [null, null], kept: 1 })
  expect(stepOutput(undefined)).toBeNull()
})

test('200 levels are kept, 201 are refused, and so is what holds itself', () => {
  expect(stepOutput(nested(200))).toEqual(nested(200))
  const self: Record<string, unknown> = {}
  self.self = self
  for (const value of [nested(201), nested(200_000), { at: new Date(0), deep: nested(250) }, self])
    expect(() => stepOutput(value)).toThrow('nested more than 200 levels deep')
  expect(() => stepOutput({ big: 1n })).toThrow('not JSON')
})

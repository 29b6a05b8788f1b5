import { expect, test } from 'vitest'
import { changedParams, parsedJson } from './changed-params.ts'

const before = { url: 'a', headers: { x: 1 }, body: null }

test.each([
  ['nothing', before, {}],
  ['one value', { ...before, url: 'b' }, { params: { url: 'b' } }],
  ['a part of one', { ...before, headers: { x: 2 } }, { params: { headers: { x: 2 } } }],
  ['one more', { ...before, method: 'POST' }, { params: { method: 'POST' } }],
  ['one less', { url: 'a', body: null }, { unset: ['headers'] }],
  ['one for another', { url: 'a', body: null, head: 1 }, { params: { head: 1 }, unset: ['headers'] }],
])('says what was changed: %s', (_, after, changed) => {
  expect(changedParams(before, after)).toEqual(changed)
})

test('what is no object are no parameters', () => {
  expect(changedParams(before, [1])).toBeUndefined()
  expect(changedParams(before, null)).toBeUndefined()
})

test('what is typed is JSON, or nothing', () => {
  expect(parsedJson('{"a": [1]}')).toEqual({ a: [1] })
  expect(parsedJson('')).toBeUndefined()
  expect(parsedJson('{a}')).toBeUndefined()
})

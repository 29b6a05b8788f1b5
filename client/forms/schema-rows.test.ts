import { expect, it } from 'vitest'
import { readRows, writeRows } from './schema-rows.ts'

const schema = {
  type: 'object',
  properties: {
    total: { type: 'number', description: 'In euros' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['total'],
  additionalProperties: false,
}

it('reads and writes the same', () => {
  expect(writeRows(readRows(schema) ?? [], schema)).toEqual(schema)
})

it.each([
  ['a union', { oneOf: [] }],
  ['a text', { type: 'string' }],
  ['a field of two types', { type: 'object', properties: { x: { type: ['string', 'null'] } } }],
  ['no schema', 'text'],
])('leaves %s to JSON', (_, odd) => {
  expect(readRows(odd)).toBeNull()
})

it('has no rows for nothing', () => {
  expect(readRows(undefined)).toEqual([])
  expect(readRows({})).toEqual([])
})

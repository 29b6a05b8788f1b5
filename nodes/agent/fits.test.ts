import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../kit/index.ts'
import { misfits } from './fits.ts'

const order: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'integer', minimum: 1 },
    lines: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', properties: { sku: { type: 'string', maxLength: 5 } }, required: ['sku'] },
    },
    state: { enum: ['open', 'paid'] },
    note: { type: ['string', 'null'] },
  },
  required: ['id'],
  additionalProperties: false,
}

test.each<[Json, string[]]>([
  [{ id: 1 }, []],
  [{ id: 1, lines: [{ sku: 'mug' }], state: 'paid', note: null }, []],
  ['order', ['The whole must be an object']],
  [{}, ['id is missing']],
  [{ id: 1.5 }, ['id must be a whole number']],
  [{ id: 0 }, ['id must be at least 1']],
  [{ id: 1, lines: [] }, ['lines must have as many elements as 1']],
  [{ id: 1, lines: [{ sku: 'mug' }, {}] }, ['lines.1.sku is missing']],
  [{ id: 1, lines: [{ sku: 'teapot' }] }, ['lines.0.sku must have a length of at most 5']],
  [{ id: 1, state: 'lost' }, ['state must be one of ["open","paid"]']],
  [{ id: 1, note: 7 }, ['note must be text or null']],
  [{ id: 1, extra: true }, ['extra is not asked for']],
  [JSON.parse('{"id":1,"__proto__":{}}'), ['__proto__ is not asked for']],
  [JSON.parse('{"id":1,"constructor":1}'), ['constructor is not asked for']],
])('%j', (value, expected) => expect(misfits(value, order)).toEqual(expected))

test.each<[JsonObject, Json, boolean]>([
  [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 1, true],
  [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, true, false],
  [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, 1, false],
  [{ allOf: [{ type: 'number' }, { minimum: 5 }] }, 4, false],
  [{ const: { a: 1 } }, { a: 1 }, true],
  [{ type: 'object', additionalProperties: { type: 'number' } }, { a: 'x' }, false],
  [{}, 'anything', true],
  [{ type: 'unheard_of' }, 1, true],
])('%j takes %j: %s', (schema, value, fits) => expect(misfits(value, schema).length === 0).toBe(fits))

test('a pattern made to take for ever is not run, and a schema a thousand deep is no trouble', () => {
  expect(misfits('a'.repeat(50_000), { type: 'string', pattern: '^(a+)+$' })).toEqual([])
  let deep: JsonObject = { type: 'string' }
  let value: Json = 1
  for (let n = 0; n < 1_000; n++) {
    deep = { type: 'array', items: deep }
    value = [value]
  }
  expect(misfits(value, deep)).toEqual([])
})

test('says at most ten things', () => {
  const list = Array.from({ length: 100 }, () => 1)
  expect(misfits(list, { type: 'array', items: { type: 'string' } })).toHaveLength(10)
})

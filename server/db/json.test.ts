import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import { testDatabases } from '../test/databases.ts'
import { decodeJson, encodeJson } from './json.ts'

const { owner } = await testDatabases()

async function storedAs(type: 'json' | 'jsonb', value: Json): Promise<Json> {
  const { rows } = await owner.query(`SELECT $1::${type} AS value`, [encodeJson(value)])
  return decodeJson(rows[0].value)
}

const awkward: Json[] = [
  '\u0000',
  'a\u0000b\u0000',
  '\ud800',
  '\udfff\ud800',
  '😀',
  '\uf8ff',
  '\uf8ff0000',
  '\uf8ff\u0000\uf8ffd800',
  '\\u0000',
  '\\\\u0000\\',
  '"\n\\ud800',
  { '\u0000': 1, '\uf8ff': 2, '\ud800': 3 },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1},"hasOwnProperty":2}'),
  [[], {}, null, true, -0.5, 1e308, ''],
]

test.each(awkward.map((value) => [JSON.stringify(value), value]))(
  '%s comes back as it was',
  async (_, value) => {
    for (const type of ['json', 'jsonb'] as const) {
      expect(JSON.stringify(sorted(await storedAs(type, value)))).toBe(JSON.stringify(sorted(value)))
    }
  },
)

test('json columns keep the order of keys, which jsonb does not', async () => {
  const value = { zebra: 1, ant: { second: 1, first: 2 } }
  expect(JSON.stringify(await storedAs('json', value))).toBe(JSON.stringify(value))
})

test('any JSON comes back as it was, also through jsonb', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '\\', '"', 'u0000', '\u0000', '\ud83d', '\ude00', '\uf8ff', 'é'),
  })
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  }))
  const property = fc.asyncProperty(value, async (given) => {
    const back = await storedAs('jsonb', given)
    expect(JSON.stringify(sorted(back))).toBe(JSON.stringify(sorted(given)))
  })
  await fc.assert(property, { numRuns: 200, seed: 7 })
})

test('what needs nothing is stored as it is', () => {
  expect(encodeJson({ name: 'Zoë 😀', list: [1] })).toBe('{"name":"Zoë 😀","list":[1]}')
})

test('a key called __proto__ stays a key', async () => {
  const back = await storedAs('json', JSON.parse('{"__proto__":{"a":"\\u0000"}}'))
  expect(Object.keys(back ?? {})).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
})

/** The same value with keys in one order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

import type { Json } from '../../../kit/json.ts'
import { fromEntries, type JsonObject, ownValue, setOwn, stringify, textOf, wellFormed } from '../value.ts'
import { type Args, asObject, type Method, row } from './method.ts'

function object(
  signature: string,
  doc: string,
  example: string,
  run: (self: JsonObject, args: Args) => Json,
): Method {
  return row(asObject, { signature, doc, example, run })
}

export function keysOf(self: JsonObject, args: Args): string[] {
  const keys = Object.keys(self)
  args.budget.elements(keys.length)
  return keys
}

export function entriesOf(self: JsonObject, args: Args): [string, Json][] {
  args.budget.elements(Object.keys(self).length * 2)
  return keysOf(self, args).map((key) => [key, ownValue(self, key) ?? null])
}

/** Field names given one by one or as a list. */
function names(args: Args): Set<string> {
  return new Set(
    args
      .rest(0)
      .flatMap((given) => (Array.isArray(given) ? given : [given]))
      .map((name) => textOf(name, args.budget)),
  )
}

function without(self: JsonObject, args: Args, drop: (key: string, value: Json) => boolean): JsonObject {
  return fromEntries(entriesOf(self, args).filter(([key, value]) => !drop(key, value)))
}

function queryText(self: JsonObject, args: Args): string {
  const pairs = entriesOf(self, args).map(([key, value]) => {
    const text = textOf(value, args.budget)
    args.budget.text((key.length + text.length) * 3)
    return `${encodeURIComponent(wellFormed(key))}=${encodeURIComponent(wellFormed(text))}`
  })
  return pairs.join('&')
}

export const objectMethods: readonly Method[] = [
  object('keys(): string[]', 'The names of its fields.', '({ a: 1 }).keys() → ["a"]', keysOf),
  object('values(): any[]', 'The values of its fields.', '({ a: 1 }).values() → [1]', (self, args) =>
    entriesOf(self, args).map(([, value]) => value),
  ),
  object('entries(): any[][]', 'Pairs of name and value.', '({ a: 1 }).entries() → [["a",1]]', entriesOf),
  object(
    'has(field: string): boolean',
    'Whether it has a field.',
    `({ a: 1 }).has('a') → true`,
    (self, args) => Object.hasOwn(self, args.text(0)),
  ),
  object(
    'hasOwnProperty(field: string): boolean',
    'Whether it has a field.',
    `({ a: 1 }).hasOwnProperty('b') → false`,
    (self, args) => Object.hasOwn(self, args.text(0)),
  ),
  object(
    'get(field: string, otherwise?: any): any',
    'The value of a field, or another value when it has none.',
    `({ a: 1 }).get('b', 0) → 0`,
    (self, args) => ownValue(self, args.text(0)) ?? args.any(1),
  ),
  object(
    'pick(...fields: string): object',
    'Only these fields.',
    `({ a: 1, b: 2 }).pick('a') → {"a":1}`,
    (self, args) => {
      const wanted = names(args)
      return without(self, args, (key) => !wanted.has(key))
    },
  ),
  object(
    'omit(...fields: string): object',
    'Without these fields.',
    `({ a: 1, b: 2 }).omit('a') → {"b":2}`,
    (self, args) => {
      const unwanted = names(args)
      return without(self, args, (key) => unwanted.has(key))
    },
  ),
  object(
    'merge(...others: object): object',
    'With the fields of other objects, which win.',
    '({ a: 1 }).merge({ b: 2 }) → {"a":1,"b":2}',
    (self, args) => {
      const result = fromEntries(entriesOf(self, args))
      args.rest(0).forEach((_, at) => {
        for (const [key, value] of entriesOf(args.object(at), args)) setOwn(result, key, value)
      })
      return result
    },
  ),
  object(
    'compact(): object',
    'Without fields that are null or empty text.',
    `({ a: 1, b: null }).compact() → {"a":1}`,
    (self, args) => without(self, args, (_, value) => value === null || value === ''),
  ),
  object(
    'toQuery(): string',
    'As the query of an address.',
    `({ q: 'a b' }).toQuery() → "q=a%20b"`,
    queryText,
  ),
  object(
    'isEmpty(): boolean',
    'Whether it has no fields.',
    '({}).isEmpty() → true',
    (self) => Object.keys(self).length === 0,
  ),
  object(
    'isNotEmpty(): boolean',
    'Whether it has any fields.',
    '({ a: 1 }).isNotEmpty() → true',
    (self) => Object.keys(self).length > 0,
  ),
]

/** What works on every value but null. */
export const anyMethods: readonly Method[] = [
  row((value: Json) => value, {
    signature: 'toJsonString(indent?: number): string',
    doc: 'As JSON text.',
    example: `({ a: [1] }).toJsonString() → "{\\"a\\":[1]}"`,
    run: (self, args) =>
      stringify(self, args.budget, Math.min(Math.max(0, Math.floor(args.number(0, 0))), 10)),
  }),
  row((value: Json) => value, {
    signature: 'toString(): string',
    doc: 'As text; lists and objects as JSON.',
    example: '(5).toString() → "5"',
    run: (self, args) => {
      const base = args.has(0) && typeof self === 'number' ? args.number(0) : 10
      if (typeof self === 'number' && Number.isInteger(base) && base >= 2 && base <= 36)
        return self.toString(base)
      return textOf(self, args.budget)
    },
  }),
]

export const booleanMethods: readonly Method[] = [
  row((value) => value === true, {
    signature: 'toNumber(): number',
    doc: '1 for true, 0 for false.',
    example: 'true.toNumber() → 1',
    run: (self) => Number(self),
  }),
]

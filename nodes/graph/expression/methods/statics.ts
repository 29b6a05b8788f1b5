import type { Json } from '../../../kit/json.ts'
import { readFormatted } from '../dates/format.ts'
import { isoOf, readDate, readIso, writeIso } from '../dates/moment.ts'
import { Trouble } from '../errors.ts'
import { parseJson } from '../json-text.ts'
import {
  fromEntries,
  type JsonObject,
  ownValue,
  setOwn,
  stringify,
  textOf,
  truthy,
  wellFormed,
} from '../value.ts'
import { decodeUrl, encodeUrl, leadingNumber, numberFrom } from './converting.ts'
import { type Args, type Method, row } from './method.ts'
import { roundTo } from './numbers.ts'
import { entriesOf, keysOf } from './objects.ts'

function fixed(signature: string, doc: string, example: string, run: (args: Args) => Json): Method {
  return row((value) => value, { signature, doc, example, run: (_, args) => run(args) })
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value
  throw new Trouble('type', 'The result is not a number')
}

function oneNumber(name: string, example: string, run: (value: number) => number): Method {
  return fixed(`${name}(value: number): number`, 'As in JavaScript.', example, (args) =>
    finite(run(args.number(0))),
  )
}

const math: Method[] = [
  oneNumber('Math.abs', 'Math.abs(-2) → 2', Math.abs),
  oneNumber('Math.floor', 'Math.floor(1.9) → 1', Math.floor),
  oneNumber('Math.ceil', 'Math.ceil(1.1) → 2', Math.ceil),
  oneNumber('Math.round', 'Math.round(1.5) → 2', Math.round),
  oneNumber('Math.trunc', 'Math.trunc(-1.9) → -1', Math.trunc),
  oneNumber('Math.sign', 'Math.sign(-2) → -1', Math.sign),
  oneNumber('Math.sqrt', 'Math.sqrt(9) → 3', Math.sqrt),
  oneNumber('Math.cbrt', 'Math.cbrt(8) → 2', Math.cbrt),
  oneNumber('Math.exp', 'Math.exp(0) → 1', Math.exp),
  oneNumber('Math.log', 'Math.log(1) → 0', Math.log),
  oneNumber('Math.log2', 'Math.log2(8) → 3', Math.log2),
  oneNumber('Math.log10', 'Math.log10(100) → 2', Math.log10),
  oneNumber('Math.sin', 'Math.sin(0) → 0', Math.sin),
  oneNumber('Math.cos', 'Math.cos(0) → 1', Math.cos),
  oneNumber('Math.tan', 'Math.tan(0) → 0', Math.tan),
  fixed('Math.atan2(y: number, x: number): number', 'As in JavaScript.', 'Math.atan2(0, 1) → 0', (args) =>
    Math.atan2(args.number(0), args.number(1)),
  ),
  fixed('Math.pow(base: number, power: number): number', 'As in JavaScript.', 'Math.pow(2, 3) → 8', (args) =>
    finite(args.number(0) ** args.number(1)),
  ),
  fixed('Math.min(...values: number): number', 'The smallest.', 'Math.min(2, 1) → 1', (args) =>
    finite(
      args
        .rest(0)
        .reduce<number>((least, _, at) => Math.min(least, args.number(at)), Number.POSITIVE_INFINITY),
    ),
  ),
  fixed('Math.max(...values: number): number', 'The largest.', 'Math.max(2, 1) → 2', (args) =>
    finite(
      args.rest(0).reduce<number>((most, _, at) => Math.max(most, args.number(at)), Number.NEGATIVE_INFINITY),
    ),
  ),
  fixed(
    'round(value: number, decimals?: number): number',
    'Rounded to so many decimals.',
    'round(1.005, 2) → 1.01',
    (args) => roundTo(args.number(0), args.number(1, 0)),
  ),
]

const conversion: Method[] = [
  fixed(
    'Number(value: any): number | null',
    'The number it is; null when it is none.',
    `Number('12') → 12`,
    (args) => numberFrom(args.any(0)),
  ),
  fixed(
    'Number.isInteger(value: any): boolean',
    'Whether it is a whole number.',
    'Number.isInteger(2) → true',
    (args) => Number.isInteger(args.any(0)),
  ),
  fixed(
    'Number.isFinite(value: any): boolean',
    'Whether it is a number.',
    `Number.isFinite('2') → false`,
    (args) => Number.isFinite(args.any(0)),
  ),
  fixed(
    'isNaN(value: any): boolean',
    'Whether it cannot be read as a number.',
    `isNaN('a') → true`,
    (args) => numberFrom(args.any(0)) === null,
  ),
  fixed(
    'parseInt(text: string, base?: number): number | null',
    'The whole number it begins with; null when none.',
    `parseInt('42px') → 42`,
    (args) => {
      const number = Number.parseInt(args.text(0), args.number(1, 10))
      return Number.isFinite(number) ? number : null
    },
  ),
  fixed(
    'parseFloat(text: string): number | null',
    'The number it begins with; null when none.',
    `parseFloat('4.5px') → 4.5`,
    (args) => leadingNumber(args.text(0)),
  ),
  fixed('String(value: any): string', 'As text.', 'String(5) → "5"', (args) =>
    textOf(args.any(0), args.budget),
  ),
  fixed(
    'String.fromCharCode(...codes: number): string',
    'Characters by their numbers.',
    'String.fromCharCode(97, 98) → "ab"',
    (args) =>
      args
        .rest(0)
        .map((_, at) => String.fromCharCode(args.number(at)))
        .join(''),
  ),
  fixed(
    'Boolean(value: any): boolean',
    'False for null, 0, empty text and false; else true.',
    'Boolean(0) → false',
    (args) => truthy(args.any(0)),
  ),
  fixed(
    'JSON.stringify(value: any, unused?: any, indent?: number): string',
    'As JSON text.',
    'JSON.stringify([1]) → "[1]"',
    (args) => stringify(args.any(0), args.budget, Math.min(Math.max(0, Math.floor(args.number(2, 0))), 10)),
  ),
  fixed('JSON.parse(text: string): any', 'Reads JSON text.', `JSON.parse('[1]') → [1]`, (args) =>
    parseJson(args.text(0), args.budget),
  ),
  fixed(
    'encodeURIComponent(text: string): string',
    'Fit to be part of an address.',
    `encodeURIComponent('a b') → "a%20b"`,
    (args) => encodeUrl(args.text(0), args.budget),
  ),
  fixed(
    'decodeURIComponent(text: string): string',
    'With % codes read.',
    `decodeURIComponent('a%20b') → "a b"`,
    (args) => decodeUrl(args.text(0), args.budget),
  ),
  fixed(
    'encodeURI(text: string): string',
    'An address with its odd signs coded.',
    `encodeURI('http://x/a b') → "http://x/a%20b"`,
    (args) => {
      args.budget.text(args.text(0).length * 9)
      return encodeURI(wellFormed(args.text(0)))
    },
  ),
]

const collections: Method[] = [
  fixed(
    'Object.keys(value: object): string[]',
    'The names of its fields.',
    'Object.keys({ a: 1 }) → ["a"]',
    (args) => keysOf(args.object(0), args),
  ),
  fixed(
    'Object.values(value: object): any[]',
    'The values of its fields.',
    'Object.values({ a: 1 }) → [1]',
    (args) => entriesOf(args.object(0), args).map(([, value]) => value),
  ),
  fixed(
    'Object.entries(value: object): any[][]',
    'Pairs of name and value.',
    'Object.entries({ a: 1 }) → [["a",1]]',
    (args) => entriesOf(args.object(0), args),
  ),
  fixed(
    'Object.fromEntries(pairs: any[][]): object',
    'An object of pairs.',
    `Object.fromEntries([['a', 1]]) → {"a":1}`,
    (args) => {
      const pairs = args.list(0)
      args.budget.elements(pairs.length)
      return fromEntries(
        pairs.map((pair) =>
          Array.isArray(pair) ? [textOf(pair[0] ?? null, args.budget), pair[1] ?? null] : ['', null],
        ),
      )
    },
  ),
  fixed(
    'Object.assign(...objects: object): object',
    'Their fields in one new object.',
    'Object.assign({ a: 1 }, { b: 2 }) → {"a":1,"b":2}',
    (args) => {
      const result: JsonObject = {}
      args.rest(0).forEach((_, at) => {
        for (const [key, value] of entriesOf(args.object(at), args)) setOwn(result, key, value)
      })
      return result
    },
  ),
  fixed(
    'Object.hasOwn(value: object, field: string): boolean',
    'Whether it has a field.',
    `Object.hasOwn({ a: 1 }, 'a') → true`,
    (args) => Object.hasOwn(args.object(0), args.text(1)),
  ),
  fixed('Array.isArray(value: any): boolean', 'Whether it is a list.', 'Array.isArray([]) → true', (args) =>
    Array.isArray(args.any(0)),
  ),
  fixed(
    'Array.from(source: any, to?: (item: any, index: number) => U): any[]',
    'A list of a text’s characters, a list, or { length: n }.',
    'Array.from({ length: 2 }, (_, i) => i) → [0,1]',
    (args) => {
      const source = args.any(0)
      const length =
        typeof source === 'object' && source !== null && !Array.isArray(source)
          ? ownValue(source, 'length')
          : undefined
      const size =
        Array.isArray(source) || typeof source === 'string'
          ? source.length
          : typeof length === 'number'
            ? Math.floor(length)
            : 0
      args.budget.elements(Math.max(0, size))
      const elements =
        Array.isArray(source) || typeof source === 'string'
          ? [...source]
          : new Array<Json>(Math.max(0, size)).fill(null)
      return args.isCallback(1) ? elements.map((element, at) => args.callback(1).call(element, at)) : elements
    },
  ),
  fixed(
    'range(from: number, to: number): number[]',
    'Whole numbers from one up to another, both included.',
    'range(1, 3) → [1,2,3]',
    (args) => {
      const from = Math.ceil(args.number(0))
      const size = Math.max(0, Math.floor(args.number(1)) - from + 1)
      args.budget.elements(size)
      return Array.from({ length: size }, (_, at) => from + at)
    },
  ),
]

const dates: Method[] = [
  fixed(
    'date(value: string | number, pattern?: string, zone?: string): date',
    'Reads a date as ISO text: from milliseconds, from ISO text, or after a pattern.',
    `date('31/01/2026', 'dd/MM/yyyy') → "2026-01-31"`,
    (args) => {
      const value = args.any(0)
      const zone = args.text(2, 'UTC')
      if (typeof value === 'number') return isoOf(value)
      if (args.has(1))
        return writeIso(readFormatted(args.text(0), { pattern: args.text(1), zone, budget: args.budget }))
      return writeIso(readDate(args.text(0), zone))
    },
  ),
  fixed(
    'Date.now(): number',
    'Now, in milliseconds since 1970.',
    `Date.now() - now.toMillis() → 0`,
    (args) => args.nowMs,
  ),
  fixed(
    'Date.parse(text: string): number | null',
    'Milliseconds since 1970 of ISO text; null when it is no date.',
    `Date.parse('1970-01-01') → 0`,
    (args) => readIso(args.text(0))?.ms ?? null,
  ),
]

/** Functions called by their own name. */
export const functions: ReadonlyMap<string, Method> = new Map(
  [...math, ...conversion, ...collections, ...dates].map((method) => [method.name, method]),
)

export const constants: ReadonlyMap<string, number> = new Map([
  ['Math.PI', Math.PI],
  ['Math.E', Math.E],
  ['Number.MAX_SAFE_INTEGER', Number.MAX_SAFE_INTEGER],
])

const namespaces = new Set(
  [...functions.keys(), ...constants.keys()]
    .filter((name) => name.includes('.'))
    .map((name) => name.split('.')[0]),
)

/** `Math` in `Math.max`. */
export function isNamespace(name: string): boolean {
  return namespaces.has(name)
}

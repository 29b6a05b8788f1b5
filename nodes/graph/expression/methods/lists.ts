import type { Json } from '../../../kit/json.ts'
import { Trouble } from '../errors.ts'
import { equal, fromEntries, isObject, type JsonObject, ownValue, setOwn, textOf, truthy } from '../value.ts'
import { type Args, asList, type Method, row } from './method.ts'
import { byField, distinct, numbersIn, shared, sorted, sortedBy } from './ordering.ts'

function list(
  signature: string,
  doc: string,
  example: string,
  run: (self: Json[], args: Args) => Json,
): Method {
  return row((value) => asList(value), {
    signature,
    doc,
    example,
    run: (self, args) => {
      args.budget.work(self.length)
      return run(self, args)
    },
  })
}

/** Calls the callback for each element, which counts as its steps; what is made of it is counted here. */
function mapped(self: Json[], args: Args): Json[] {
  const { call } = args.callback(0)
  args.budget.elements(self.length)
  return self.map((element, at) => call(element, at, self))
}

function where(self: Json[], args: Args): (element: Json, at: number) => boolean {
  const { call } = args.callback(0)
  return (element, at) => truthy(call(element, at, self))
}

function cut(self: Json[], args: Args): Json[] {
  args.budget.elements(self.length)
  return self.slice(args.number(0, 0), args.has(1) ? args.number(1) : undefined)
}

function flat(self: Json[], args: Args, depth: number): Json[] {
  const result: Json[] = []
  for (const element of self) {
    const parts = Array.isArray(element) ? (depth > 1 ? flat(element, args, depth - 1) : element) : [element]
    args.budget.elements(parts.length)
    for (const part of parts) result.push(part)
  }
  return result
}

function joined(self: Json[], args: Args): string {
  const separator = args.text(0, ',')
  args.budget.text(separator.length * self.length)
  return self
    .map((element) => {
      const text = textOf(element, args.budget)
      args.budget.text(text.length)
      return text
    })
    .join(separator)
}

function grouped(self: Json[], args: Args): JsonObject {
  const keyOf = args.isCallback(0) ? args.callback(0).call : byField(args.text(0))
  const groups = new Map<string, Json[]>()
  args.budget.elements(self.length)
  self.forEach((element, at) => {
    const key = textOf(keyOf(element, at), args.budget)
    const group = groups.get(key)
    if (group) group.push(element)
    else groups.set(key, [element])
  })
  return fromEntries(groups)
}

export const listMethods: readonly Method[] = [
  list(
    'map(to: (item: T, index: number) => U): U[]',
    'A list of what the function gives for each element.',
    '[1, 2].map((n) => n * 10) → [10,20]',
    mapped,
  ),
  list(
    'filter(keep: (item: T, index: number) => boolean): T[]',
    'The elements for which the function gives true.',
    '[1, 2, 3].filter((n) => n > 1) → [2,3]',
    (self, args) => {
      args.budget.elements(self.length)
      return self.filter(where(self, args))
    },
  ),
  list(
    'find(wanted: (item: T, index: number) => boolean): T | null',
    'The first element for which the function gives true, or null.',
    '[1, 2, 3].find((n) => n > 1) → 2',
    (self, args) => self.find(where(self, args)) ?? null,
  ),
  list(
    'findLast(wanted: (item: T, index: number) => boolean): T | null',
    'The last element for which the function gives true, or null.',
    '[1, 2, 3].findLast((n) => n > 1) → 3',
    (self, args) => self.findLast(where(self, args)) ?? null,
  ),
  list(
    'findIndex(wanted: (item: T, index: number) => boolean): number',
    'The position of the first such element, or -1.',
    '[1, 2, 3].findIndex((n) => n > 1) → 1',
    (self, args) => self.findIndex(where(self, args)),
  ),
  list(
    'some(wanted: (item: T, index: number) => boolean): boolean',
    'Whether any element is such.',
    '[1, 2].some((n) => n > 1) → true',
    (self, args) => self.some(where(self, args)),
  ),
  list(
    'every(wanted: (item: T, index: number) => boolean): boolean',
    'Whether all elements are such.',
    '[1, 2].every((n) => n > 1) → false',
    (self, args) => self.every(where(self, args)),
  ),
  list(
    'reduce(with: (so_far: U, item: T, index: number) => U, start?: U): U',
    'One value made by going through the list.',
    '[1, 2, 3].reduce((sum, n) => sum + n, 0) → 6',
    (self, args) => {
      const { call } = args.callback(0)
      if (args.count > 1)
        return self.reduce((soFar, element, at) => call(soFar, element, at, self), args.any(1))
      if (self.length === 0) throw new Trouble('type', 'reduce() of an empty list needs a start value')
      return self.reduce((soFar, element, at) => call(soFar, element, at, self))
    },
  ),
  list(
    'flatMap(to: (item: T, index: number) => U): U',
    'The lists that the function gives, as one list.',
    '[1, 2].flatMap((n) => [n, n]) → [1,1,2,2]',
    (self, args) => flat(mapped(self, args), args, 1),
  ),
  list(
    'flat(depth?: number): any[]',
    'Lists inside it opened up.',
    '[1, [2, 3]].flat() → [1,2,3]',
    (self, args) => flat(self, args, Math.min(args.number(0, 1), 50)),
  ),
  list(
    'join(separator?: string): string',
    'Its elements as one text.',
    `['a', 'b'].join('-') → "a-b"`,
    joined,
  ),
  list(
    'slice(start?: number, end?: number): T[]',
    'The part from one position up to another; negative counts from the end.',
    '[1, 2, 3].slice(1) → [2,3]',
    cut,
  ),
  list(
    'concat(...more: T[]): T[]',
    'With other elements or lists after it.',
    '[1].concat([2], 3) → [1,2,3]',
    (self, args) => {
      const more = args.rest(0)
      for (const part of [self, ...more]) args.budget.elements(Array.isArray(part) ? part.length : 1)
      return self.concat(...more)
    },
  ),
  list('append(...more: T): T[]', 'With more elements at its end.', '[1].append(2) → [1,2]', (self, args) => {
    args.budget.elements(self.length + args.count)
    return [...self, ...args.rest(0)]
  }),
  list(
    'includes(value: any): boolean',
    'Whether it has such an element.',
    '[1, 2].includes(2) → true',
    (self, args) => self.some((element) => equal(element, args.any(0), args.budget)),
  ),
  list(
    'indexOf(value: any): number',
    'Where such an element first is, or -1.',
    `['a', 'b'].indexOf('b') → 1`,
    (self, args) => self.findIndex((element) => equal(element, args.any(0), args.budget)),
  ),
  list(
    'at(at: number): T | null',
    'The element at a position, or null; negative counts from the end.',
    '[1, 2, 3].at(-1) → 3',
    (self, args) => self.at(args.number(0)) ?? null,
  ),
  list('first(): T | null', 'The first element, or null.', '[1, 2].first() → 1', (self) => self[0] ?? null),
  list('last(): T | null', 'The last element, or null.', '[1, 2].last() → 2', (self) => self.at(-1) ?? null),
  list(
    'pop(): T | null',
    'The last element, or null. The list stays as it is.',
    `'a/b'.split('/').pop() → "b"`,
    (self) => self.at(-1) ?? null,
  ),
  list(
    'shift(): T | null',
    'The first element, or null. The list stays as it is.',
    '[1, 2].shift() → 1',
    (self) => self[0] ?? null,
  ),
  list(
    'sort(order?: (a: T, b: T) => number): T[]',
    'In order: numbers by size, texts by the alphabet, or as the function says (below 0: a first).',
    '[10, 9, 1].sort() → [1,9,10]',
    sorted,
  ),
  list(
    'sortBy(field: string | (item: T) => any, order?: string): T[]',
    'In order of a field of its elements; “desc” turns it round.',
    `[{ n: 2 }, { n: 1 }].sortBy('n') → [{"n":1},{"n":2}]`,
    (self, args) => {
      const { call } = args.isCallback(0) ? args.callback(0) : { call: byField(args.text(0)) }
      const ordered = sortedBy(self, args, (element) => call(element))
      return args.text(1, 'asc') === 'desc' ? ordered.reverse() : ordered
    },
  ),
  list('reverse(): T[]', 'In the opposite order.', '[1, 2].reverse() → [2,1]', (self, args) => {
    args.budget.elements(self.length)
    return self.toReversed()
  }),
  list(
    'intersection(other: T[]): T[]',
    'The elements that are in another list too.',
    '[1, 2, 3].intersection([2, 3, 4]) → [2,3]',
    (self, args) => shared(self, args, true),
  ),
  list(
    'difference(other: T[]): T[]',
    'The elements that are not in another list.',
    '[1, 2, 3].difference([2, 3, 4]) → [1]',
    (self, args) => shared(self, args, false),
  ),
  list(
    'unique(field?: string | (item: T) => any): T[]',
    'Each element once, or each once for a field.',
    '[1, 2, 1].unique() → [1,2]',
    distinct,
  ),
  list('compact(): T[]', 'Without null and empty text.', `[1, null, ''].compact() → [1]`, (self, args) => {
    args.budget.elements(self.length)
    return self.filter((element) => element !== null && element !== '')
  }),
  list(
    'sum(field?: string): number',
    'Its numbers added up, or those of a field.',
    '[1, 2].sum() → 3',
    (self, args) => numbersIn(self, args).reduce((sum, n) => sum + n, 0),
  ),
  list(
    'average(field?: string): number | null',
    'The mean of its numbers; null of an empty list.',
    '[1, 3].average() → 2',
    (self, args) => {
      const numbers = numbersIn(self, args)
      return numbers.length === 0 ? null : numbers.reduce((sum, n) => sum + n, 0) / numbers.length
    },
  ),
  list('min(field?: string): number | null', 'Its smallest number.', '[3, 1].min() → 1', (self, args) =>
    numbersIn(self, args).reduce<number | null>(
      (least, n) => (least === null || n < least ? n : least),
      null,
    ),
  ),
  list('max(field?: string): number | null', 'Its largest number.', '[3, 1].max() → 3', (self, args) =>
    numbersIn(self, args).reduce<number | null>((most, n) => (most === null || n > most ? n : most), null),
  ),
  list(
    'groupBy(field: string | (item: T) => any): object',
    'An object of lists, by a field or what the function gives.',
    `[{ k: 'a' }, { k: 'b' }, { k: 'a' }].groupBy('k').a.length → 2`,
    grouped,
  ),
  list(
    'pluck(field: string): any[]',
    'A list of one field of its elements.',
    `[{ n: 1 }, { n: 2 }].pluck('n') → [1,2]`,
    (self, args) => {
      args.budget.elements(self.length)
      return self.map(byField(args.text(0)))
    },
  ),
  list(
    'chunk(size: number): T[][]',
    'Lists of so many elements each.',
    '[1, 2, 3].chunk(2) → [[1,2],[3]]',
    (self, args) => {
      const size = Math.floor(args.number(0))
      if (!(size >= 1)) throw new Trouble('type', 'chunk() needs a size of 1 or more')
      args.budget.elements(self.length * 2)
      return Array.from({ length: Math.ceil(self.length / size) }, (_, at) =>
        self.slice(at * size, (at + 1) * size),
      )
    },
  ),
  list(
    'toObject(key: string, value: string): object',
    'An object made of two fields of its elements.',
    `[{ k: 'a', v: 1 }].toObject('k', 'v') → {"a":1}`,
    (self, args) => {
      const result: JsonObject = {}
      args.budget.elements(self.length)
      for (const element of self) {
        const fields = isObject(element) ? element : {}
        setOwn(
          result,
          textOf(ownValue(fields, args.text(0)) ?? null, args.budget),
          ownValue(fields, args.text(1)) ?? null,
        )
      }
      return result
    },
  ),
  list(
    'isEmpty(): boolean',
    'Whether it has no elements.',
    '[].isEmpty() → true',
    (self) => self.length === 0,
  ),
  list(
    'isNotEmpty(): boolean',
    'Whether it has any elements.',
    '[1].isNotEmpty() → true',
    (self) => self.length > 0,
  ),
]

import type { Json } from '../../../kit/json.ts'
import { Trouble } from '../errors.ts'
import { describeKind, isObject, ownValue, stringify } from '../value.ts'
import type { Args } from './method.ts'

/** Reads one field of each element; null where it is absent. */
export function byField(field: string): (element: Json) => Json {
  return (element) => (isObject(element) ? (ownValue(element, field) ?? null) : null)
}

/** A sorted copy, as the callback says (below 0: a first), or by value. */
export function sorted(self: Json[], args: Args): Json[] {
  if (!args.isCallback(0)) return sortedBy(self, args, (element) => element)
  args.budget.elements(self.length)
  const { call } = args.callback(0)
  return self.toSorted((a, b) => {
    const order = call(a, b)
    return typeof order === 'number' ? order : 0
  })
}

/** A sorted copy by a key of each element; null goes last. */
export function sortedBy(self: Json[], args: Args, keyOf: (element: Json) => Json): Json[] {
  args.budget.elements(self.length * 2)
  const keyed = self.map((element) => ({ element, key: keyOf(element) }))
  keyed.sort((a, b) => compare(a.key, b.key, args))
  return keyed.map(({ element }) => element)
}

function compare(a: Json, b: Json, { budget }: Args): number {
  budget.work(1)
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a === 'object' || typeof b === 'object')
    throw new Trouble(
      'type',
      `${describeKind(typeof a === 'object' ? a : b)} has no place in an order: sort by a field`,
    )
  const [left, right] = [String(a), String(b)]
  budget.text(Math.min(left.length, right.length))
  return left < right ? -1 : left > right ? 1 : 0
}

/** Each element once: the first of those that are equal, or whose field is. */
export function distinct(self: Json[], args: Args): Json[] {
  const keyOf = args.isCallback(0)
    ? args.callback(0).call
    : args.has(0)
      ? byField(args.text(0))
      : (element: Json) => element
  const seen = new Set<string>()
  args.budget.elements(self.length)
  return self.filter((element, at) => {
    const key = stringify(keyOf(element, at), args.budget)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** The list's numbers, or those of a field; null is passed over. */
export function numbersIn(self: Json[], args: Args): number[] {
  const read = args.has(0) ? byField(args.text(0)) : (element: Json) => element
  return self.flatMap((element) => {
    const value = read(element)
    if (value === null) return []
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number === 'number' && Number.isFinite(number)) return [number]
    throw new Trouble('type', `The list has ${describeKind(value)} where a number is needed`)
  })
}

/** The elements that are, or are not, in another list. */
export function shared(self: Json[], args: Args, wanted: boolean): Json[] {
  const other = args.list(0)
  args.budget.elements(self.length + other.length)
  const known = new Set(other.map((element) => stringify(element, args.budget)))
  return self.filter((element) => known.has(stringify(element, args.budget)) === wanted)
}

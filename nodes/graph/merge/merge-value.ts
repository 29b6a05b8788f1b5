import { isJsonObject, type Json, type JsonObject } from '../../kit/json.ts'
import { MAX_DEPTH } from '../tags.ts'
import type { Side, Three } from './conflict.ts'
import { mergedOrder } from './order.ts'
import { pick } from './pick.ts'
import { isPlain, own } from './plain.ts'
import { same } from './same.ts'

type Value = Json | undefined

/** Asks about the value at a path. */
export type AskAt = (path: readonly string[], three: Three<Value>) => Side

/** One value of three, as deep as they are alike; undefined stands for its absence. */
export function mergeValue(three: Three<Value>, ask: AskAt, path: readonly string[] = []): Value {
  const { base, mine, theirs } = three
  if (same(mine, theirs) || same(theirs, base)) return mine
  if (same(mine, base)) return theirs
  if (path.length < MAX_DEPTH) {
    if (isPlain(base) && isPlain(mine) && isPlain(theirs) && sameVariant(base, mine, theirs))
      return mergeObject({ base, mine, theirs }, ask, path)
    if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
      const rows = namedRows({ base, mine, theirs })
      if (rows) return Object.values(mergeObject(rows, ask, path))
      if (base.length === mine.length && base.length === theirs.length)
        return base.map(
          (_, index) =>
            mergeValue({ base: base[index], mine: mine[index], theirs: theirs[index] }, ask, [
              ...path,
              String(index),
            ]) ?? null,
        )
    }
  }
  return pick(three, () => ask(path, three))
}

function mergeObject(three: Three<JsonObject>, ask: AskAt, path: readonly string[]): JsonObject {
  const { base, mine, theirs } = three
  const keys = mergedOrder({ base: Object.keys(base), mine: Object.keys(mine), theirs: Object.keys(theirs) })
  return Object.fromEntries(
    keys.flatMap((key): [string, Json][] => {
      const values = { base: own(base, key), mine: own(mine, key), theirs: own(theirs, key) }
      const merged = mergeValue(values, ask, [...path, key])
      return merged === undefined ? [] : [[key, merged]]
    }),
  )
}

/** Fields of two options of a union make no sense together. */
const sameVariant = (...values: JsonObject[]) =>
  ['kind', 'type', 'op', 'mode'].every((key) =>
    values.every((value) => same(own(value, key), own(values[0] ?? value, key))),
  )

/** The rows of three lists by their `name` or `key`, when all of them have one of their own. */
function namedRows({ base, mine, theirs }: Three<readonly Json[]>): Three<JsonObject> | undefined {
  for (const field of ['name', 'key']) {
    const [b, m, t] = [byField(base, field), byField(mine, field), byField(theirs, field)]
    if (b && m && t) return { base: b, mine: m, theirs: t }
  }
  return undefined
}

function byField(rows: readonly Json[], field: string): JsonObject | undefined {
  const named = new Map<string, Json>()
  for (const row of rows) {
    const name = isJsonObject(row) && Object.hasOwn(row, field) ? row[field] : undefined
    // A key that looks like a number would be put first in an object, out of its order.
    if (typeof name !== 'string' || /^\d*$/.test(name) || named.has(name)) return undefined
    named.set(name, row)
  }
  return Object.fromEntries(named)
}

import { isJsonObject, type Json, type JsonObject } from '#nodes/kit/json.ts'

/** What of a step's parameters somebody changed: those to replace, and those to take away. */
export function changedParams(
  before: JsonObject,
  after: Json,
): { params?: JsonObject; unset?: string[] } | undefined {
  if (!isJsonObject(after)) return undefined
  const params = Object.entries(after).filter(
    ([name, value]) => !Object.hasOwn(before, name) || !isSame(before[name], value),
  )
  const unset = Object.keys(before).filter((name) => !Object.hasOwn(after, name))
  return {
    ...(params.length > 0 ? { params: Object.fromEntries(params) } : {}),
    ...(unset.length > 0 ? { unset } : {}),
  }
}

// Both were written by the same hand: an order of keys that changed is a change.
const isSame = (one: Json | undefined, other: Json) => JSON.stringify(one) === JSON.stringify(other)

/** What was typed, as JSON; undefined for what is none. */
export function parsedJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

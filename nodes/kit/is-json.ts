// Apart from the schemas of `json.ts`, so that small pages need no zod.
import type { Json, JsonObject } from './json.ts'

/** An object that is nothing but its own fields. */
export const isPlain = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Walks with a list of its own, so that data nested 200,000 deep does not overflow the stack. */
export function isJson(value: unknown): value is Json {
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (next === null || typeof next === 'string' || typeof next === 'boolean') continue
    if (typeof next === 'number' && Number.isFinite(next)) continue
    if (Array.isArray(next)) for (const element of next) open.push(element)
    else if (typeof next === 'object' && isPlain(next))
      for (const each of Object.values(next)) open.push(each)
    else return false
  }
  return true
}

/** An object of JSON, not a list. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

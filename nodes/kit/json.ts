import { z } from 'zod'

/** Any JSON value: what steps take, give and keep. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export type JsonObject = { [key: string]: Json }

const isPlain = (value: object) => {
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

// Not `z.json()`: that copies the data, recurses, and loses own keys named `__proto__`.
export const Json: z.ZodType<Json, Json> = z.any().refine(isJson, 'Not JSON')

/** Keeps every own key, `__proto__` too; `z.record` does not. */
export const JsonObject: z.ZodType<JsonObject, JsonObject> = z
  .any()
  .refine((value: unknown) => isJson(value) && isJsonObject(value), 'Not an object')
  .meta({ type: 'object' })

import { z } from 'zod'
import { isJson, isJsonObject } from './is-json.ts'

export { isJson, isJsonObject }

/** Any JSON value: what steps take, give and keep. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export type JsonObject = { [key: string]: Json }

// Not `z.json()`: that copies the data, recurses, and loses own keys named `__proto__`.
export const Json: z.ZodType<Json, Json> = z.any().refine(isJson, 'Not JSON')

/** Keeps every own key, `__proto__` too; `z.record` does not. */
export const JsonObject: z.ZodType<JsonObject, JsonObject> = z
  .any()
  .refine((value: unknown) => isJson(value) && isJsonObject(value), 'Not an object')
  .meta({ type: 'object' })

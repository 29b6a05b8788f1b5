import type { Received, ResponseToCaller } from './define-node.ts'
import { fail } from './failure.ts'
import { isJson, isJsonObject, type Json, type JsonObject } from './json.ts'

/** A delivery that nobody can prove to be the service's. */
export function badSignature() {
  return fail('bad_signature', 'The signature of this delivery is missing or wrong')
}

/** The JSON object that a checked delivery holds. */
export function readDelivery(body: Uint8Array): JsonObject {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (isJson(value) && isJsonObject(value)) return value
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw fail('bad_request', 'The body of this delivery is not a JSON object')
}

export function answered(body: Json = '', headers: Record<string, string> = {}): ResponseToCaller {
  return { status: 200, headers, body }
}

/** It was genuine, and is nothing this trigger waits for. */
export function nothing(reply: ResponseToCaller = answered()): Received {
  return { reply, runs: [] }
}

/** A field that is text, or an empty one. */
export function textIn(object: JsonObject | undefined, name: string): string {
  const value = object && Object.hasOwn(object, name) ? object[name] : undefined
  return typeof value === 'string' ? value : ''
}

export function objectIn(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object && Object.hasOwn(object, name) ? object[name] : undefined
  return isJsonObject(value) ? value : undefined
}

/** The objects of a list; empty when there is none. */
export function objectsIn(object: JsonObject | undefined, name: string): JsonObject[] {
  const value = object && Object.hasOwn(object, name) ? object[name] : undefined
  return Array.isArray(value) ? value.filter((one) => isJsonObject(one)) : []
}

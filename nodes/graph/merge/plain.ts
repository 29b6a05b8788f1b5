import { isJsonObject, type Json, type JsonObject } from '../../kit/json.ts'
import { agentOf, exprOf, isLiteral } from '../tags.ts'

/** An object of fields, not a tag: those are taken whole. */
export const isPlain = (value: Json | undefined): value is JsonObject =>
  isJsonObject(value) && exprOf(value) === undefined && agentOf(value) === undefined && !isLiteral(value)

export const own = (value: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(value, key) ? value[key] : undefined

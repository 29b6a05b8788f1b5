import { isJsonObject, type Json, type JsonObject } from '../kit/json.ts'

/** How deep a parameter may nest; deeper ones are a problem, and are never walked. */
export const MAX_DEPTH = 100

const soleKey = (value: Json | undefined, key: string): value is JsonObject =>
  isJsonObject(value) && Object.hasOwn(value, key) && Object.keys(value).length === 1

/** The source of a computed value, or undefined for anything else. */
export function exprOf(value: Json | undefined): string | undefined {
  if (!soleKey(value, 'expr')) return undefined
  return typeof value.expr === 'string' ? value.expr : undefined
}

/** Whether this stands for the data in it, taken as it is. */
export const isLiteral = (value: Json | undefined): value is { literal: Json } => soleKey(value, 'literal')

/** What a tool leaves to the agent: its description, or undefined for anything else. */
export function agentOf(value: Json | undefined): string | undefined {
  if (!soleKey(value, 'agent')) return undefined
  return typeof value.agent === 'string' ? value.agent : undefined
}

/** A key or an index of a value's children, with the child. */
export const childrenOf = (value: Json): [string, Json][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

import type { Json } from '../../kit/json.ts'
import type { Budget } from './budget.ts'
import { Trouble } from './errors.ts'

export type JsonObject = { [key: string]: Json }
export type ValueKind = 'null' | 'boolean' | 'number' | 'string' | 'list' | 'object'

export function kindOf(value: Json): ValueKind {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'list'
  const type = typeof value
  if (type === 'string' || type === 'number' || type === 'boolean' || type === 'object') return type
  // A scope holds JSON; this stands guard over a caller's mistake.
  throw new Trouble('type', 'Only JSON values can be used')
}

export function isObject(value: Json): value is JsonObject {
  return kindOf(value) === 'object'
}

const kindNames: Record<ValueKind, string> = {
  null: 'nothing (null)',
  boolean: 'true or false',
  number: 'a number',
  string: 'text',
  list: 'a list',
  object: 'an object',
}

export function describeKind(value: Json): string {
  return kindNames[kindOf(value)]
}

/** Sets a field as the object's own, also where assigning would reach a prototype. */
export function setOwn(target: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  } else target[key] = value
}

export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

export function fromEntries(entries: Iterable<readonly [string, Json]>): JsonObject {
  const result: JsonObject = {}
  for (const [key, value] of entries) setOwn(result, key, value)
  return result
}

export function truthy(value: Json): boolean {
  return Boolean(value)
}

/** How a value reads inside text: null is empty, lists and objects are JSON. */
export function textOf(value: Json, budget: Budget): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return stringify(value, budget)
}

const MAX_NESTING = 200

/** JSON text, measured before it is made. `JSON.stringify` itself would call a data key named `toJSON`'s value. */
export function stringify(value: Json, budget: Budget, indent = 0): string {
  return write(value, { budget, indent, depth: 0 })
}

function write(value: Json, at: { budget: Budget; indent: number; depth: number }): string {
  const { budget, indent, depth } = at
  if (depth > MAX_NESTING) throw new Trouble('budget', 'The value is nested too deeply')
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') {
    budget.text(value.length + 2)
    return JSON.stringify(value)
  }
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null'
  if (typeof value === 'boolean') return String(value)
  const deeper = { budget, indent, depth: depth + 1 }
  const break_ = indent > 0 ? `\n${' '.repeat(indent * (depth + 1))}` : ''
  const end = indent > 0 ? `\n${' '.repeat(indent * depth)}` : ''
  const parts: string[] = []
  if (Array.isArray(value)) {
    budget.elements(value.length)
    budget.text(value.length * (1 + break_.length))
    for (const element of value) parts.push(write(element, deeper))
    return parts.length ? `[${break_}${parts.join(`,${break_}`)}${end}]` : '[]'
  }
  const colon = indent > 0 ? ': ' : ':'
  for (const key of Object.keys(value)) {
    budget.elements(1)
    budget.text(key.length + 4 + break_.length)
    parts.push(JSON.stringify(key) + colon + write(ownValue(value, key) ?? null, deeper))
  }
  return parts.length ? `{${break_}${parts.join(`,${break_}`)}${end}}` : '{}'
}

/** Equal as data: lists and objects by what they hold. */
export function equal(left: Json, right: Json, budget: Budget, depth = 0): boolean {
  budget.work(1)
  if (left === right || ((left ?? null) === null && (right ?? null) === null)) return true
  if (depth > MAX_NESTING) throw new Trouble('budget', 'The value is nested too deeply')
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false
    return left.every((element, at) => equal(element, right[at] ?? null, budget, depth + 1))
  }
  if (!isObject(left) || !isObject(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every(
    (key) => Object.hasOwn(right, key) && equal(left[key] ?? null, right[key] ?? null, budget, depth + 1),
  )
}

/** Lone surrogates cannot be encoded: each becomes the replacement character. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}

/**
 * Counts what the value is when it is written out. Parts can be in it many times over while they are held once:
 * `range(1, 60).reduce((list) => [list, list], [])` is small here and has no end as JSON.
 */
export function checkSize(value: Json, left: { size: number }, depth = 0): void {
  left.size -= typeof value === 'string' ? value.length + 8 : 8
  if (left.size < 0) throw new Trouble('budget', 'The expression makes too much data')
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_NESTING) throw new Trouble('budget', 'The value is nested too deeply')
  if (Array.isArray(value)) {
    for (const element of value) checkSize(element, left, depth + 1)
    return
  }
  for (const key of Object.keys(value)) {
    left.size -= key.length
    checkSize(ownValue(value, key) ?? null, left, depth + 1)
  }
}

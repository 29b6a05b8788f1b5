import type { Json } from '#nodes/kit/index.ts'
import type { FieldShape, NamedField, VariantOption } from './field-shape.ts'

export type JsonObject = { [key: string]: Json }

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The source of a computed value, or null for a literal. */
export function exprOf(value: Json | undefined): string | null {
  if (!isObject(value)) return null
  return Object.keys(value).length === 1 && Object.hasOwn(value, 'expr') && typeof value.expr === 'string'
    ? value.expr
    : null
}

/** What a tool leaves to the agent: its description, or null for anything else. */
export function agentOf(value: Json | undefined): string | null {
  if (!isObject(value) || Object.keys(value).length !== 1 || !Object.hasOwn(value, 'agent')) return null
  return typeof value.agent === 'string' ? value.agent : null
}

/** JSON that the document would read as something else is kept behind `literal`. */
export function asLiteral(value: Json): Json {
  return hasTag(value) ? { literal: value } : value
}

/** The JSON that `asLiteral` kept. */
export function literalOf(value: Json): Json {
  if (!isObject(value)) return value
  const wrapped = Object.keys(value).length === 1 && Object.hasOwn(value, 'literal')
  return wrapped ? (value.literal ?? null) : value
}

/** The same value as an expression: literals as JSON, computed parts as they are. */
export function toSource(value: Json): string {
  const expr = exprOf(value)
  if (expr !== null) return expr
  const plain = literalOf(value)
  if (!hasTag(plain) || plain !== value) return JSON.stringify(plain)
  if (Array.isArray(plain)) return `[${plain.map(toSource).join(', ')}]`
  if (!isObject(plain)) return JSON.stringify(plain)
  const fields = Object.entries(plain).map(([key, inner]) => `${JSON.stringify(key)}: ${toSource(inner)}`)
  return `{ ${fields.join(', ')} }`
}

/** Whether the document would read part of this value as computed, as left to an agent, or as kept behind `literal`. */
export function hasTag(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasTag)
  if (!isObject(value)) return false
  const keys = Object.keys(value)
  if (keys.length === 1 && (keys[0] === 'expr' || keys[0] === 'literal')) return true
  if (agentOf(value) !== null) return true
  return keys.some((key) => hasTag(value[key] ?? null))
}

/** Sets or, with undefined, removes one key; own keys only, so `__proto__` is a key like any other. */
export function withKey(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const others = Object.entries(object).filter(([name]) => name !== key)
  if (value === undefined) return Object.fromEntries(others)
  if (!Object.hasOwn(object, key)) return Object.fromEntries([...others, [key, value]])
  return Object.fromEntries(Object.entries(object).map(([name, old]) => [name, name === key ? value : old]))
}

/** What a new row, choice or object starts with: defaults, and what a widget needs to be drawn. */
export function blankOf(shape: FieldShape): Json {
  if (shape.default !== undefined) return shape.default
  switch (shape.kind) {
    case 'text':
    case 'code':
    case 'cron':
    case 'zone':
    case 'connection':
    case 'model':
    case 'workflow':
      return ''
    case 'number':
      return shape.min ?? 0
    case 'boolean':
      return false
    case 'choice':
      return shape.options[0]?.value ?? ''
    case 'list':
    case 'fields':
      return []
    case 'record':
      return {}
    case 'object':
      return blankFields(shape.fields)
    case 'variant':
      return shape.options[0] ? blankVariant(shape.discriminator, shape.options[0]) : {}
    case 'value':
      return ''
    case 'json':
    case 'file':
      return null
    case 'schema':
      return { type: 'object', properties: {} }
    case 'conditions':
      return { match: blankOf(shape.match), rules: [blankFields(shape.fields)] }
    default:
      return shape satisfies never
  }
}

const blankFields = (fields: NamedField[]): JsonObject =>
  Object.fromEntries(fields.flatMap((field) => (field.required ? [[field.name, blankOf(field)]] : [])))

export const blankVariant = (discriminator: string, option: VariantOption): JsonObject => ({
  [discriminator]: option.value,
  ...blankFields(option.fields),
})

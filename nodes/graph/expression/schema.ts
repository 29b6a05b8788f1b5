import type { JsonSchema } from '../../kit/define-node.ts'
import type { Json } from '../../kit/json.ts'
import { isObject, type ValueKind } from './value.ts'

/** A schema that says nothing: any value. */
export const unknown: JsonSchema = {}
const MAX_OPTIONS = 12

export const text: JsonSchema = { type: 'string' }
export const number: JsonSchema = { type: 'number' }
export const boolean: JsonSchema = { type: 'boolean' }
export const nothing: JsonSchema = { type: 'null' }
export const date: JsonSchema = { type: 'string', format: 'date-time' }

export function listOf(items: JsonSchema): JsonSchema {
  return isUnknown(items) ? { type: 'array' } : { type: 'array', items }
}

export function isUnknown(schema: JsonSchema): boolean {
  return optionsOf(schema).some((option) => kindsOfOne(option) === null)
}

function schemaIn(value: Json | undefined): JsonSchema | null {
  return value !== undefined && isObject(value) ? value : null
}

/** The alternatives of a schema: itself when it has none. */
export function optionsOf(schema: JsonSchema, depth = 0): JsonSchema[] {
  const { anyOf, oneOf } = schema
  const options = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : null
  if (!options || depth > 5) return [schema]
  return options.flatMap((option) => optionsOf(schemaIn(option) ?? unknown, depth + 1))
}

const kindOfType: Record<string, ValueKind> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
  array: 'list',
  object: 'object',
}

function kindsOfOne(schema: JsonSchema): ValueKind[] | null {
  const { type } = schema
  const values = 'const' in schema ? [schema.const ?? null] : Array.isArray(schema.enum) ? schema.enum : null
  const names =
    typeof type === 'string' ? [type] : Array.isArray(type) ? type : (values?.map(typeNameOf) ?? null)
  if (!names) return 'properties' in schema ? ['object'] : 'items' in schema ? ['list'] : null
  const kinds = names.map((name) => (typeof name === 'string' ? kindOfType[name] : undefined))
  const known = kinds.filter((kind) => kind !== undefined)
  return known.length === kinds.length ? known : null
}

function typeNameOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}

/** What values of this schema can be; null when it could be anything. */
export function kindsOf(schema: JsonSchema): Set<ValueKind> | null {
  const kinds = new Set<ValueKind>()
  for (const option of optionsOf(schema)) {
    const some = kindsOfOne(option)
    if (!some) return null
    for (const kind of some) kinds.add(kind)
  }
  return kinds
}

export function optionsOfKind(schema: JsonSchema, kind: ValueKind): JsonSchema[] {
  return optionsOf(schema).filter((option) => kindsOfOne(option)?.includes(kind))
}

export function isDate(schema: JsonSchema): boolean {
  const options = optionsOfKind(schema, 'string')
  return options.length > 0 && options.every(({ format }) => format === 'date-time' || format === 'date')
}

export function union(...schemas: JsonSchema[]): JsonSchema {
  const options: JsonSchema[] = []
  const seen = new Set<string>()
  for (const option of schemas.flatMap((schema) => optionsOf(schema))) {
    const key = JSON.stringify(option)
    if (!seen.has(key)) options.push(option)
    seen.add(key)
  }
  if (options.length > MAX_OPTIONS || options.some((option) => kindsOfOne(option) === null)) return unknown
  const [first] = options
  return options.length === 1 && first ? first : { anyOf: options }
}

export function withoutNull(schema: JsonSchema): JsonSchema {
  const options = optionsOf(schema).flatMap((option) => {
    if (!Array.isArray(option.type))
      return kindsOfOne(option)?.every((kind) => kind === 'null') ? [] : [option]
    return [{ ...option, type: option.type.filter((name) => name !== 'null') }]
  })
  return options.length === 0 ? nothing : union(...options)
}

/** The elements of a list, whatever kind of list. */
export function elementOf(schema: JsonSchema): JsonSchema {
  const lists = optionsOfKind(schema, 'list')
  if (lists.length === 0) return unknown
  return union(...lists.map(({ items }) => schemaIn(items) ?? unknown))
}

/** The fields that a schema names, of all its alternatives. */
export function fieldsOf(schema: JsonSchema): Map<string, JsonSchema> {
  const fields = new Map<string, JsonSchema>()
  for (const option of optionsOf(schema)) {
    const properties = schemaIn(option.properties)
    if (!properties) continue
    for (const [name, field] of Object.entries(properties)) {
      const known = fields.get(name)
      const one = schemaIn(field) ?? unknown
      fields.set(name, known ? union(known, one) : one)
    }
  }
  return fields
}

/** A field's schema, or null when no alternative can have it. */
export function fieldOf(schema: JsonSchema, name: string): JsonSchema | null {
  const found: JsonSchema[] = []
  for (const option of optionsOf(schema)) {
    const kinds = kindsOfOne(option)
    if (kinds === null && !('properties' in option)) return unknown
    if (kinds && !kinds.includes('object')) continue
    const properties = schemaIn(option.properties)
    if (properties && Object.hasOwn(properties, name)) found.push(schemaIn(properties[name]) ?? unknown)
    else if (option.additionalProperties !== false)
      found.push(schemaIn(option.additionalProperties) ?? unknown)
  }
  return found.length > 0 ? union(...found) : null
}

/** How a schema reads to a person: `text`, `list of number`. */
export function schemaText(schema: JsonSchema): string {
  const kinds = kindsOf(schema)
  if (!kinds) return 'any'
  const names = [...kinds].map((kind) => {
    if (kind === 'string') return isDate(schema) ? 'date' : 'text'
    if (kind !== 'list') return kind
    const element = schemaText(elementOf(schema))
    return element === 'any' ? 'list' : `list of ${element}`
  })
  return names.join(' or ')
}

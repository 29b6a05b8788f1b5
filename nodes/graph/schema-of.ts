import type { JsonSchema } from '../kit/define-node.ts'
import { isJsonObject, type Json } from '../kit/json.ts'
import { anything, typeOfValue } from './json-schema.ts'
import { exprOf, isLiteral } from './tags.ts'

const limits = { depth: 8, keys: 200, elements: 20 } as const

/** How expressions inside the data are to be read; without it there are none. */
export type TypeOf = (source: string) => JsonSchema

/** The shape of a sample: enough for autocomplete, and never a claim that nothing else may come. */
export function schemaOf(value: Json, typeOf?: TypeOf, depth = 0): JsonSchema {
  const source = typeOf && exprOf(value)
  if (typeOf && source !== undefined) return typeOf(source)
  if (typeOf && isLiteral(value)) return schemaOf(value.literal, undefined, depth)
  if (Array.isArray(value)) {
    if (depth >= limits.depth || value.length === 0) return { type: 'array' }
    const elements = value.slice(0, limits.elements).map((element) => schemaOf(element, typeOf, depth + 1))
    return { type: 'array', items: elements.reduce(merged) }
  }
  if (!isJsonObject(value)) return { type: typeOfValue(value) }
  if (depth >= limits.depth) return { type: 'object' }
  const fields = Object.entries(value).slice(0, limits.keys)
  const properties = Object.fromEntries(
    fields.map(([key, field]) => [key, schemaOf(field, typeOf, depth + 1)]),
  )
  return { type: 'object', properties }
}

/** What two samples of the same thing say together. */
function merged(a: JsonSchema, b: JsonSchema): JsonSchema {
  if (isNumber(a) && isNumber(b)) return a.type === b.type ? a : { type: 'number' }
  if (a.type !== b.type) return anything
  if (isJsonObject(a.properties) && isJsonObject(b.properties)) {
    const properties = Object.fromEntries([...Object.entries(a.properties), ...Object.entries(b.properties)])
    for (const [key, known] of Object.entries(a.properties)) {
      const other = Object.hasOwn(b.properties, key) ? b.properties[key] : known
      if (isJsonObject(known) && isJsonObject(other)) properties[key] = merged(known, other)
    }
    return { type: 'object', properties }
  }
  return isJsonObject(a.items) && isJsonObject(b.items)
    ? { type: 'array', items: merged(a.items, b.items) }
    : a
}

const isNumber = ({ type }: JsonSchema) => type === 'number' || type === 'integer'

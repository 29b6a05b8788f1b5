import type { JsonSchema } from '../kit/define-node.ts'
import { isJsonObject, type Json } from '../kit/json.ts'

/** Says nothing about a value. */
export const anything: JsonSchema = {}

/** Node schemas are plain, without `$ref`: `catalog.test.ts` holds them to it. */
export const schemaOr = (value: Json | undefined, fallback: JsonSchema): JsonSchema =>
  isJsonObject(value) ? value : fallback

export const schemasIn = (value: Json | undefined): JsonSchema[] =>
  Array.isArray(value) ? value.filter((one) => isJsonObject(one)) : []

/** The types a schema names; empty when it names none. */
export function typesOf(schema: JsonSchema): string[] {
  const { type } = schema
  if (typeof type === 'string') return [type]
  return Array.isArray(type) ? type.filter((one) => typeof one === 'string') : []
}

/** The schema of one key of an object. */
export function propertySchema(schema: JsonSchema, key: string): JsonSchema {
  const properties = schemaOr(schema.properties, {})
  if (Object.hasOwn(properties, key)) return schemaOr(properties[key], anything)
  return schemaOr(schema.additionalProperties, anything)
}

/** The schema of a list's elements. */
export const elementSchema = (schema: JsonSchema) => schemaOr(schema.items, anything)

/** Where in a value a child sits, whatever the value is. */
export function childSchema(schema: JsonSchema, { of, key }: { of: Json; key: string }): JsonSchema {
  const chosen = variantOf(schema, of) ?? schema
  return Array.isArray(of) ? elementSchema(chosen) : propertySchema(chosen, key)
}

/** The key whose constant tells the options of a union apart. */
export function discriminatorOf(schema: JsonSchema): string | undefined {
  const [first, ...others] = schemasIn(schema.oneOf)
  if (!first) return undefined
  const isConstant = (option: JsonSchema, key: string) => Object.hasOwn(propertySchema(option, key), 'const')
  return Object.keys(schemaOr(first.properties, {})).find((key) =>
    [first, ...others].every((option) => isConstant(option, key)),
  )
}

/** The option of a discriminated union that a value chose, if it did. */
export function variantOf(schema: JsonSchema, value: Json): JsonSchema | undefined {
  if (!Object.hasOwn(schema, 'oneOf') || !isJsonObject(value)) return undefined
  const key = discriminatorOf(schema)
  if (key === undefined || !Object.hasOwn(value, key)) return undefined
  return schemasIn(schema.oneOf).find((option) => propertySchema(option, key).const === value[key])
}

/** The type name of a value, as JSON Schema has it; whole numbers are `integer`. */
export function typeOfValue(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

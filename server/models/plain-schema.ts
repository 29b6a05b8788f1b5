import type { JsonSchema } from '#nodes/kit/define-node.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'

/** Keywords every provider knows. Ours (`widget`, `placeholder`, …) and rare ones stay here; we check answers ourselves. */
const known = new Set([
  ...['type', 'title', 'description', 'enum', 'const', 'default', 'format', 'required', 'items'],
  ...['properties', 'additionalProperties', 'anyOf', 'oneOf', 'allOf'],
  ...['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'],
])
const MOST_DEEP = 50

/** A schema with nothing in it that a provider may refuse to read. */
export function plainSchema(schema: JsonSchema, depth = 0): JsonSchema {
  if (depth > MOST_DEEP) return {}
  const under = (value: Json): Json => (isJsonObject(value) ? plainSchema(value, depth + 1) : value)
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Json][] => {
    if (!known.has(key)) return []
    if (key === 'properties')
      return isJsonObject(value)
        ? [[key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, under(one)]))]]
        : []
    if (key === 'items' || key === 'additionalProperties') return [[key, under(value)]]
    if (key === 'anyOf' || key === 'oneOf' || key === 'allOf')
      return Array.isArray(value) ? [[key, value.map(under)]] : []
    return [[key, value]]
  })
  return Object.fromEntries(entries)
}

/** Of a tool: always an object, which both APIs demand. */
export const argsSchema = (schema: JsonSchema) => ({
  properties: {},
  ...plainSchema(schema),
  type: 'object' as const,
})

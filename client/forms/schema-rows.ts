import type { Json } from '#nodes/kit/index.ts'
import { isObject, type JsonObject } from './values.ts'

export const rowTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const
export type RowType = (typeof rowTypes)[number]

/** One field of an object, as a row of a simple schema. */
export interface SchemaRow {
  name: string
  type: RowType
  description: string
  required: boolean
  /** What else its schema says, kept as it is. */
  rest: JsonObject
}

const isRowType = (value: Json | undefined): value is RowType => rowTypes.some((type) => type === value)

/** The rows of a JSON Schema of an object; null when it says more than rows can. */
export function readRows(schema: Json | undefined): SchemaRow[] | null {
  if (schema === undefined) return []
  if (!isObject(schema)) return null
  const { type, properties, required, additionalProperties: _, ...more } = schema
  if (Object.keys(schema).length === 0) return []
  if (Object.keys(more).length > 0 || type !== 'object') return null
  if (properties !== undefined && !isObject(properties)) return null
  if (required !== undefined && !Array.isArray(required)) return null
  const rows = Object.entries(properties ?? {}).map(([name, field]): SchemaRow | null => {
    if (!isObject(field)) return null
    const { type: own, description, ...rest } = field
    if (!isRowType(own) || (description !== undefined && typeof description !== 'string')) return null
    return {
      name,
      type: own,
      description: description ?? '',
      required: required?.includes(name) === true,
      rest,
    }
  })
  return rows.every((row) => row !== null) ? rows : null
}

/** The schema that rows stand for. Rows without a name are not part of it yet. */
export function writeRows(rows: readonly SchemaRow[], before: Json | undefined): JsonObject {
  const named = rows.filter(({ name }) => name !== '')
  const required = named.filter((row) => row.required).map(({ name }) => name)
  const closed = isObject(before) ? before.additionalProperties : undefined
  return {
    type: 'object',
    properties: Object.fromEntries(
      named.map(({ name, type, description, rest }) => [
        name,
        { type, ...(description === '' ? {} : { description }), ...rest },
      ]),
    ),
    ...(required.length > 0 ? { required } : {}),
    ...(closed === undefined ? {} : { additionalProperties: closed }),
  }
}

import type { JsonSchema } from '../kit/define-node.ts'
import type { Json } from '../kit/json.ts'
import { typesOf } from './json-schema.ts'

/**
 * Makes the result of an expression what a parameter takes, where nobody could mean anything else: a number in a
 * text field becomes text, `"10"` in a number field becomes 10, `"true"` in a yes/no field becomes true.
 */
export function coerce(value: Json, schema: JsonSchema): Json {
  const types = typesOf(schema)
  const [type] = types
  if (types.length !== 1) return value
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value)
  if (typeof value !== 'string') return value
  if ((type === 'number' || type === 'integer') && value.trim() !== '') {
    const number = Number(value)
    return Number.isFinite(number) ? number : value
  }
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

import type { JsonSchema } from '../../kit/define-node.ts'
import type { Json } from '../../kit/json.ts'
import { schemasIn, typeOfValue, typesOf } from '../json-schema.ts'
import type { ProblemCode } from './problems.ts'

export interface Fault {
  code: ProblemCode
  values: Record<string, string | number>
}

/** What is wrong with a value itself, not with what is in it; null when nothing is. */
export function faultOf(value: Json, schema: JsonSchema): Fault | null {
  return typeFault(value, schema) ?? choiceFault(value, schema) ?? sizeFault(value, schema)
}

function typeFault(value: Json, schema: JsonSchema): Fault | null {
  const types = typesOf(schema)
  const found = typeOfValue(value)
  const fits =
    types.length === 0 || types.includes(found) || (found === 'integer' && types.includes('number'))
  return fits ? null : { code: 'wrong_type', values: { expected: types.join('|'), found } }
}

function choiceFault(value: Json, schema: JsonSchema): Fault | null {
  const choices = Object.hasOwn(schema, 'const') ? [schema.const ?? null] : schema.enum
  if (!Array.isArray(choices) || choices.includes(value)) return null
  return { code: 'wrong_choice', values: { choices: choices.map(String).join(', ') } }
}

function sizeFault(value: Json, schema: JsonSchema): Fault | null {
  if (typeof value === 'number')
    return (
      below('too_small', value, schema.minimum) ??
      above('too_large', value, schema.maximum) ??
      (typeof schema.exclusiveMinimum === 'number' && value <= schema.exclusiveMinimum
        ? { code: 'too_small', values: { limit: schema.exclusiveMinimum } }
        : null)
    )
  if (typeof value === 'string')
    return (
      below('too_short', value.length, schema.minLength) ??
      above('too_long', value.length, schema.maxLength) ??
      formatFault(value, schema)
    )
  if (Array.isArray(value))
    return below('too_few', value.length, schema.minItems) ?? above('too_many', value.length, schema.maxItems)
  return null
}

const below = (code: ProblemCode, size: number, limit: Json | undefined): Fault | null =>
  typeof limit === 'number' && size < limit ? { code, values: { limit } } : null

const above = (code: ProblemCode, size: number, limit: Json | undefined): Fault | null =>
  typeof limit === 'number' && size > limit ? { code, values: { limit } } : null

function formatFault(text: string, { format, pattern }: JsonSchema): Fault | null {
  if (format === 'uri') return isAddress(text) ? null : { code: 'wrong_url', values: {} }
  // The patterns are those of our own definitions, never a maker's.
  if (typeof pattern !== 'string' || new RegExp(pattern).test(text)) return null
  return { code: format === 'date-time' ? 'wrong_date' : 'wrong_pattern', values: {} }
}

const isAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** Whether an empty text stands for "not filled in" here. */
export const refusesEmpty = (schema: JsonSchema) =>
  typesOf(schema).includes('string') && (schema.minLength !== undefined || formatFault('', schema) !== null)

/** What a value chosen by none of a union's options gets told. */
export function unionFault(schema: JsonSchema, discriminator: string): Fault {
  const choices = schemasIn(schema.oneOf).flatMap(({ properties }) => {
    const own = typeof properties === 'object' && properties !== null ? Object.entries(properties) : []
    return own.flatMap(([key, field]) =>
      key === discriminator && typeof field === 'object' && field !== null && 'const' in field
        ? [String(field.const)]
        : [],
    )
  })
  return { code: 'wrong_choice', values: { choices: choices.join(', ') } }
}

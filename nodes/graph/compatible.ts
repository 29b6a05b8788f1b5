import type { JsonSchema } from '../kit/define-node.ts'
import { schemasIn, typesOf } from './json-schema.ts'

/** Text may turn out to be a number, and numbers can be written as text: `coerce` makes them what is wanted. */
const alsoTakes: Readonly<Record<string, readonly string[]>> = {
  string: ['number', 'integer', 'boolean'],
  number: ['integer', 'string'],
  integer: ['number', 'string'],
  boolean: ['string'],
}

/** Whether a value of one type can be right where another is wanted. When in doubt, yes: the run will tell. */
export function compatible(given: JsonSchema, wanted: JsonSchema): boolean {
  const [from, to] = [possibleTypes(given), possibleTypes(wanted)]
  if (from.length === 0 || to.length === 0) return true
  return from.some((type) => to.some((other) => type === other || alsoTakes[other]?.includes(type)))
}

/** The types a value of this schema can have; empty when that is open. */
export function possibleTypes(schema: JsonSchema): string[] {
  const named = typesOf(schema)
  if (named.length > 0) return named
  const options = [...schemasIn(schema.anyOf), ...schemasIn(schema.oneOf)].map(possibleTypes)
  return options.some((types) => types.length === 0) ? [] : [...new Set(options.flat())]
}

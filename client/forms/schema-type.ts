import { possibleTypes } from '#nodes/graph/compatible.ts'
import type { Json, JsonSchema } from '#nodes/kit/index.ts'

/** Types in the words of people; `messages.forms.types` has each. */
export type TypeWord = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'null' | 'any'

export function wordFor(type: string): TypeWord {
  switch (type) {
    case 'string':
      return 'text'
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return 'list'
    case 'boolean':
    case 'object':
    case 'null':
      return type
    default:
      return 'any'
  }
}

export function typeOfValue(value: Json): TypeWord {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : wordFor(typeof value)
}

/** What a schema says, when it says one thing. */
export function typeOfSchema(schema: JsonSchema): TypeWord {
  const [first, ...others] = possibleTypes(schema).filter((type) => type !== 'null')
  return first !== undefined && others.every((type) => wordFor(type) === wordFor(first))
    ? wordFor(first)
    : 'any'
}

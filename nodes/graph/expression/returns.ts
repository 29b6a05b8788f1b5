import type { JsonSchema } from '../../kit/define-node.ts'
import type { TypeText } from './methods/signature.ts'
import { boolean, date, kindsOf, listOf, nothing, number, text, union, unknown } from './schema.ts'

interface Letters {
  /** T: the elements of the list. */
  element: JsonSchema
  /** U: what the given function returns. */
  result: JsonSchema
  /** U is opened up when it is a list (`flatMap`). */
  flatten?: boolean
}

/** The schema of a type as signatures write it. */
export function fromSignature(type: TypeText, letters: Letters): JsonSchema {
  if (type.includes(' | ')) return union(...type.split(' | ').map((option) => fromSignature(option, letters)))
  if (type.endsWith('[]')) return listOf(fromSignature(type.slice(0, -2), letters))
  switch (type) {
    case 'string':
      return text
    case 'number':
      return number
    case 'boolean':
      return boolean
    case 'date':
      return date
    case 'object':
      return { type: 'object' }
    case 'null':
      return nothing
    case 'T':
      return letters.element
    case 'U':
      return letters.flatten ? flattened(letters.result) : letters.result
    default:
      return unknown
  }
}

function flattened(schema: JsonSchema): JsonSchema {
  const kinds = kindsOf(schema)
  if (kinds?.size === 1 && kinds.has('list')) return schema
  return kinds && !kinds.has('list') ? listOf(schema) : listOf(unknown)
}

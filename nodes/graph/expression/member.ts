import type { Json } from '../../kit/json.ts'
import { Trouble } from './errors.ts'
import { describeKind, kindOf } from './value.ts'

/**
 * Reads one field or element; undefined when it is not there. Own keys only: what a value inherits does not
 * exist. A key is text or a whole number and is never turned into one.
 */
export function readMember(value: Json, key: Json): Json | undefined {
  if (typeof key !== 'string' && !(typeof key === 'number' && Number.isInteger(key)))
    throw new Trouble('type', `A field is named by text or a whole number, not by ${describeKind(key)}`)
  switch (kindOf(value)) {
    case 'object':
      return own(value, String(key))
    case 'list':
    case 'string':
      if (typeof key === 'number') return key >= 0 ? own(value, String(key)) : undefined
      return key === 'length' ? own(value, key) : undefined
    case 'number':
    case 'boolean':
    case 'null':
      return undefined
  }
}

function own(value: Json, key: string): Json | undefined {
  if (typeof value === 'string') return key === 'length' ? value.length : value[Number(key)]
  if (Array.isArray(value)) return key === 'length' ? value.length : value[Number(key)]
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return value[key]
}

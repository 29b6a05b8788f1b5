import type { Json } from '#nodes/kit/index.ts'
import { asLiteral, exprOf, literalOf } from '../values.ts'

export type ValueKind = 'text' | 'number' | 'boolean' | 'json'

/** Words and picked data are text until said otherwise. */
export function kindOfValue(value: Json | undefined): ValueKind {
  if (value === undefined || exprOf(value) !== null) return 'text'
  const plain = literalOf(value)
  if (typeof plain === 'string') return 'text'
  if (typeof plain === 'number') return 'number'
  return typeof plain === 'boolean' ? 'boolean' : 'json'
}

/** The value said as another type, as near as it goes: `"42"` is 42, and back. */
export function asType(value: Json | undefined, kind: ValueKind): Json {
  const plain = value === undefined || exprOf(value) !== null ? '' : literalOf(value)
  switch (kind) {
    case 'text':
      return typeof plain === 'string' ? plain : JSON.stringify(plain)
    case 'number': {
      const number = typeof plain === 'object' ? Number.NaN : Number(plain)
      return Number.isFinite(number) ? number : 0
    }
    case 'boolean':
      return plain === true || plain === 'true' || plain === 1
    case 'json':
      return asLiteral(jsonOf(plain))
    default:
      return kind satisfies never
  }
}

/** A text that is JSON becomes what it says; a list or an object can be written from there. */
function jsonOf(plain: Json): Json {
  if (typeof plain !== 'string') return [plain]
  try {
    const read: Json = JSON.parse(plain)
    return typeof read === 'object' ? read : {}
  } catch {
    return {}
  }
}

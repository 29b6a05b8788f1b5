import type { Json } from '../../kit/json.ts'
import type { Expression } from './ast.ts'
import { methods } from './methods/tables.ts'
import { pathOf } from './path.ts'
import { similarName } from './similar.ts'
import { describeKind, isObject, kindOf } from './value.ts'

/** Why a path leads nowhere, and what to write where that is fine. */
export function lacking(node: Expression & { kind: 'member' | 'index' }, object: Json, key: Json): string {
  const path = pathOf(node)
  if (object === null)
    return `${path} is not there: ${pathOf(node.object)} is null. Write ?. if it may be absent`
  if (!isObject(object)) {
    const length = Array.isArray(object)
      ? `, which has ${object.length} elements`
      : ` is ${describeKind(object)}`
    return `${path} is not there: ${pathOf(node.object)}${Array.isArray(object) ? ' is a list' : ''}${length}`
  }
  const similar = typeof key === 'string' ? similarName(key, Object.keys(object)) : null
  return `${path} is not there${similar ? `. Did you mean “${similar}”?` : '. If it may be absent, write ?. or ??'}`
}

/** The method that may have been meant. */
export function methodHint(name: string, self: Json): string {
  const kind = kindOf(self)
  const similar = kind === 'null' ? null : similarName(name, methods[kind].keys())
  return similar ? `. Did you mean .${similar}()?` : ''
}

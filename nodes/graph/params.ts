import type { JsonSchema } from '../kit/define-node.ts'
import { fail } from '../kit/failure.ts'
import type { Json, JsonObject } from '../kit/json.ts'
import { coerce } from './coerce.ts'
import type { DocumentNode } from './document.ts'
import { ExpressionError } from './expression/errors.ts'
import { anything, childSchema } from './json-schema.ts'
import { childrenOf, exprOf, isLiteral, MAX_DEPTH } from './tags.ts'

/** Gives the value of an expression; `field` is where it stands, such as `url` or `fields.0.value`. */
export type Evaluate = (source: string, field: string) => Json

/**
 * A node's parameters with every expression replaced by its value, once, and every `{ literal }` by its data.
 * With the node's schema, results are made to fit it (`coerce`), and a value that is missing is null where the
 * schema says `missing: 'null'`. What holds no expression is returned as it is, not copied.
 */
export function resolveParams(
  params: JsonObject,
  evaluate: Evaluate,
  schema: JsonSchema = anything,
): JsonObject {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      resolve(value, {
        field: name,
        schema: childSchema(schema, { of: params, key: name }),
        evaluate,
        depth: 1,
      }),
    ]),
  )
}

interface Place {
  field: string
  schema: JsonSchema
  evaluate: Evaluate
  depth: number
}

function resolve(value: Json, place: Place): Json {
  if (typeof value !== 'object' || value === null) return value
  const source = exprOf(value)
  if (source !== undefined) return coerce(evaluated(source, place), place.schema)
  if (isLiteral(value)) return value.literal
  if (place.depth > MAX_DEPTH) throw fail('params_too_deep', `${place.field} is nested too deep.`)

  const before = childrenOf(value)
  const after = before.map(([key, child]): [string, Json] => [key, resolve(child, inside(place, value, key))])
  if (after.every(([, child], index) => child === before[index]?.[1])) return value
  return Array.isArray(value) ? after.map(([, child]) => child) : Object.fromEntries(after)
}

const inside = (place: Place, of: Json, key: string): Place => ({
  ...place,
  field: `${place.field}.${key}`,
  schema: childSchema(place.schema, { of, key }),
  depth: place.depth + 1,
})

function evaluated(source: string, { evaluate, field, schema }: Place): Json {
  try {
    return evaluate(source, field)
  } catch (error) {
    const isMissing = error instanceof ExpressionError && error.code === 'missing'
    if (isMissing && schema.missing === 'null') return null
    throw error
  }
}

/** Every expression of a node, with its dot path in the node. Not those inside `{ literal }`. */
export function expressionsIn(
  node: Pick<DocumentNode, 'params' | 'repeat' | 'reliability'>,
): { field: string; source: string }[] {
  const found: { field: string; source: string }[] = []
  const open: { field: string; value: Json }[] = [{ field: 'params', value: node.params }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { field, value } = next
    // `params` itself is a record: a parameter that is called `expr` is no tag.
    const source = field === 'params' ? undefined : exprOf(value)
    if (source !== undefined) found.push({ field, source })
    else if (field === 'params' || !isLiteral(value))
      for (const [key, child] of childrenOf(value)) open.push({ field: `${field}.${key}`, value: child })
  }
  if (node.repeat) found.push({ field: 'repeat.list', source: node.repeat.list.expr })
  const key = node.reliability?.cache?.key
  if (key) found.push({ field: 'reliability.cache.key', source: key.expr })
  return found
}

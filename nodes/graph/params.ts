import type { JsonSchema } from '../kit/define-node.ts'
import { fail } from '../kit/failure.ts'
import type { Json, JsonObject } from '../kit/json.ts'
import { coerce } from './coerce.ts'
import type { DocumentNode } from './document.ts'
import { ExpressionError } from './expression/errors.ts'
import { setOwn } from './expression/value.ts'
import { anything, childSchema } from './json-schema.ts'
import { childrenOf, exprOf, isLiteral, MAX_DEPTH } from './tags.ts'

/** Gives the value of an expression; `field` is where it stands, such as `url` or `fields.0.value`. */
export type Evaluate = (source: string, field: string) => Json

/** A node's parameters, taken apart once: gives them with every expression replaced by its value. */
export type ParamsPlan = (evaluate: Evaluate) => JsonObject

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
  return planParams(params, schema)(evaluate)
}

/** `resolveParams`, for parameters that are resolved again and again. */
export function planParams(params: JsonObject, schema: JsonSchema = anything): ParamsPlan {
  return objectOf(
    Object.entries(params).map(([name, value]) => [
      name,
      partOf(value, { field: name, schema: childSchema(schema, { of: params, key: name }), depth: 1 }),
    ]),
  )
}

/** What is the same every time, or the way to a value. */
type Part = { value: Json } | { make: (evaluate: Evaluate) => Json }

interface Place {
  field: string
  schema: JsonSchema
  depth: number
}

function partOf(value: Json, place: Place): Part {
  if (typeof value !== 'object' || value === null) return { value }
  const source = exprOf(value)
  if (source !== undefined)
    return { make: (evaluate) => coerce(evaluated(source, place, evaluate), place.schema) }
  if (isLiteral(value)) return { value: value.literal }
  if (place.depth > MAX_DEPTH) return { make: () => tooDeep(place.field) }

  const before = childrenOf(value)
  const after = before.map(([key, child]): [string, Part] => [key, partOf(child, inside(place, value, key))])
  if (after.every(([, part], at) => 'value' in part && part.value === before[at]?.[1])) return { value }
  if (!Array.isArray(value)) return { make: objectOf(after) }
  return { make: (evaluate) => after.map(([, part]) => given(part, evaluate)) }
}

const given = (part: Part, evaluate: Evaluate) => ('make' in part ? part.make(evaluate) : part.value)

function objectOf(parts: readonly [string, Part][]): ParamsPlan {
  return (evaluate) => {
    const made: JsonObject = {}
    for (const [key, part] of parts) setOwn(made, key, given(part, evaluate))
    return made
  }
}

const inside = (place: Place, of: Json, key: string): Place => ({
  field: `${place.field}.${key}`,
  schema: childSchema(place.schema, { of, key }),
  depth: place.depth + 1,
})

function evaluated(source: string, { field, schema }: Place, evaluate: Evaluate): Json {
  try {
    return evaluate(source, field)
  } catch (error) {
    const isMissing = error instanceof ExpressionError && error.code === 'missing'
    if (isMissing && schema.missing === 'null') return null
    throw error
  }
}

function tooDeep(field: string): never {
  throw fail('params_too_deep', `${field} is nested too deep.`)
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

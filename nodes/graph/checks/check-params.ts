import type { JsonSchema } from '../../kit/define-node.ts'
import { isJsonObject, type Json, type JsonObject } from '../../kit/json.ts'
import type { DocumentNode } from '../document.ts'
import {
  anything,
  discriminatorOf,
  elementSchema,
  propertySchema,
  schemaOr,
  schemasIn,
  variantOf,
} from '../json-schema.ts'
import { agentOf, exprOf, isLiteral, MAX_DEPTH } from '../tags.ts'
import { checkExpression } from './check-expression.ts'
import { faultOf, refusesEmpty, unionFault } from './check-values.ts'
import type { Checking } from './checking.ts'
import type { ProblemCode } from './problems.ts'

/** Where a value stands: the schema it should fit, and its path for the form. */
export interface Spot {
  node: DocumentNode
  field: string
  title: string
  schema: JsonSchema
  depth: number
  /** Inside `{ literal }`, where `{ expr }` is data. */
  plain: boolean
}

/** Walks every node's parameters and their schema side by side. */
export function checkParams(about: Checking): void {
  for (const node of about.document.nodes) {
    const info = about.info(node.key)
    if (node.repeat) checkRepeatList(about, node)
    const key = node.reliability?.cache?.key
    if (key)
      checkExpression(about, key.expr, {
        ...{ node, field: 'reliability.cache.key', title: 'The key of what is kept', depth: 0, plain: false },
        schema: anything,
      })
    if (info)
      checkObject(about, node.params, {
        ...{ node, field: 'params', title: info.title, schema: info.params, depth: 0, plain: false },
      })
    // Of an unknown node nothing is known but that its expressions should make sense.
    else
      checkInside(about, node.params, {
        ...{ node, field: 'params', title: node.type, schema: anything, depth: 0, plain: false },
      })
  }
}

function checkRepeatList(about: Checking, node: DocumentNode) {
  const schema = { type: 'array' }
  const spot = {
    node,
    field: 'repeat.list',
    title: 'The list to repeat over',
    schema,
    depth: 0,
    plain: false,
  }
  checkExpression(about, node.repeat?.list.expr ?? '', spot)
}

function checkValue(about: Checking, value: Json, spot: Spot) {
  const source = spot.plain ? undefined : exprOf(value)
  if (source !== undefined) {
    if (spot.schema.static === true) return found(about, spot, 'static_expression')
    return checkExpression(about, source, spot)
  }
  if (!spot.plain && agentOf(value) !== undefined) return checkLeftToAgent(about, spot)
  if (!spot.plain && isLiteral(value)) return checkValue(about, value.literal, { ...spot, plain: true })
  if (spot.depth > MAX_DEPTH) return found(about, spot, 'too_deep')
  if (value === '' && refusesEmpty(spot.schema)) return found(about, spot, 'missing_parameter')

  const fault = faultOf(value, spot.schema)
  if (fault) return found(about, spot, fault.code, fault.values)
  if (isJsonObject(value) && Object.hasOwn(spot.schema, 'oneOf')) return checkUnion(about, value, spot)
  if (Object.hasOwn(spot.schema, 'anyOf')) return checkAnyOf(about, value, spot)
  if (isJsonObject(value) && Object.hasOwn(spot.schema, 'properties')) return checkObject(about, value, spot)
  checkInside(about, value, spot)
}

/** What is left to an agent has no value yet: only that it may be. */
function checkLeftToAgent(about: Checking, spot: Spot) {
  if (!about.graph.isTool(spot.node.key)) found(about, spot, 'agent_outside_tool')
  else if (spot.schema.static === true || spot.schema.widget === 'connection')
    found(about, spot, 'agent_static')
}

const found = (
  about: Checking,
  spot: Spot,
  code: ProblemCode,
  values: Record<string, string | number> = {},
) => about.report(code, { node: spot.node.key, field: spot.field }, { title: spot.title, ...values })

function checkUnion(about: Checking, value: JsonObject, spot: Spot) {
  const chosen = variantOf(spot.schema, value)
  if (chosen) return checkObject(about, value, { ...spot, schema: chosen })
  const discriminator = discriminatorOf(spot.schema)
  if (discriminator === undefined) return checkInside(about, value, { ...spot, schema: anything })
  const { code, values } = unionFault(spot.schema, discriminator)
  found(about, { ...spot, field: `${spot.field}.${discriminator}` }, code, values)
}

/** Right if it is right for one of them; otherwise what the first says of it. */
function checkAnyOf(about: Checking, value: Json, spot: Spot) {
  const options = schemasIn(spot.schema.anyOf)
  const fitting = options.find((option) => faultOf(value, option) === null) ?? options[0] ?? anything
  checkValue(about, value, { ...spot, schema: { ...fitting, title: spot.title } })
}

/** An object whose keys the definition names. */
function checkObject(about: Checking, value: JsonObject, spot: Spot) {
  const properties = schemaOr(spot.schema.properties, {})
  const required = Array.isArray(spot.schema.required) ? spot.schema.required : []
  for (const name of required)
    if (typeof name === 'string' && !Object.hasOwn(value, name)) {
      const missing = inside(spot, name, propertySchema(spot.schema, name))
      found(about, missing, 'missing_parameter')
    }
  for (const [name, child] of Object.entries(value)) {
    if (Object.hasOwn(properties, name) || Object.hasOwn(spot.schema, 'additionalProperties'))
      checkValue(about, child, inside(spot, name, propertySchema(spot.schema, name)))
    else {
      const place = { node: spot.node.key, field: `${spot.field}.${name}` }
      about.report('unknown_parameter', place, { name })
    }
  }
}

/** A list's elements, a record's values, and whatever else is in free JSON. */
function checkInside(about: Checking, value: Json, spot: Spot) {
  if (Array.isArray(value))
    for (const [index, child] of value.entries())
      checkValue(about, child, inside(spot, String(index), elementSchema(spot.schema)))
  else if (isJsonObject(value))
    for (const [key, child] of Object.entries(value))
      checkValue(about, child, inside(spot, key, propertySchema(spot.schema, key)))
}

const inside = (spot: Spot, key: string, schema: JsonSchema): Spot => ({
  ...spot,
  field: `${spot.field}.${key}`,
  title: typeof schema.title === 'string' ? schema.title : spot.depth === 0 ? key : spot.title,
  schema,
  depth: spot.depth + 1,
})

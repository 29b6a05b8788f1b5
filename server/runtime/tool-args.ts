import { coerce } from '#nodes/graph/coerce.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { childSchema, variantOf } from '#nodes/graph/json-schema.ts'
import { agentOf, childrenOf, exprOf, isLiteral } from '#nodes/graph/tags.ts'
import { leftToAgent } from '#nodes/graph/tools.ts'
import type { AnyStep, JsonSchema } from '#nodes/kit/define-node.ts'
import { fail } from '#nodes/kit/failure.ts'
import { isJsonObject, type Json, type JsonObject } from '#nodes/kit/json.ts'

/** A parameter left to the agent, and what the agent calls it. */
export interface ToolArg {
  name: string
  /** Dot path in the parameters. */
  field: string
  schema: JsonSchema
  required: boolean
}

/** Keys of a field's schema that are about our forms and say nothing to a model. */
const OF_FORMS = [
  'title',
  'widget',
  'placeholder',
  'options',
  'static',
  'missing',
  'default',
  'secret',
  'kinds',
]
/** What names a destination, for a node that does not say which of its parameters do. */
const DESTINATIONS = ['url', 'to', 'channel', 'host', 'address', 'phone', 'email', 'path']

/** What a tool leaves to the agent, with the schemas of the node's own parameters. */
export function toolArgs(node: DocumentNode, params: JsonSchema): ToolArg[] {
  const taken = new Set<string>()
  return leftToAgent(node).map(({ field, description }) => {
    const { schema, required } = placeOf(field, { params: node.params, schema: params })
    return { name: unused(field, taken), field, required, schema: { ...forModel(schema), description } }
  })
}

/** The JSON Schema a model is given. */
export function argsSchema(args: readonly ToolArg[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(args.map(({ name, schema }) => [name, schema])),
    required: args.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

/** Whether nothing that says where an effect goes is left to the agent. */
export function isPinned(args: readonly ToolArg[], { destination }: Pick<AnyStep, 'destination'>): boolean {
  return args.every(({ field }) => {
    if (destination) return !destination.some((one) => field === one || isIn(field, one) || isIn(one, field))
    return !field.split('.').some((part) => DESTINATIONS.includes(part.toLowerCase()))
  })
}

const isIn = (field: string, whole: string) => field.startsWith(`${whole}.`)

/** The node as the agent fills it in: each tag becomes the argument, taken as it is. Throws a `StepFailure`. */
export function filledIn(node: DocumentNode, args: readonly ToolArg[], given: JsonObject): DocumentNode {
  const values = new Map<string, Json>()
  for (const { name, field, schema, required } of args) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (value !== undefined) values.set(field, coerce(value, schema))
    else if (required) throw fail('invalid_args', `${name}: This is missing.`)
  }
  const params = filled(node.params, '', values)
  return { ...node, params: isJsonObject(params) ? params : {} }
}

/** An argument the agent left out goes, so that the node's own default holds. */
function filled(value: Json, field: string, values: ReadonlyMap<string, Json>): Json {
  if (typeof value !== 'object' || value === null || exprOf(value) !== undefined || isLiteral(value))
    return value
  const children = childrenOf(value).flatMap(([key, child]): [string, Json][] => {
    const at = field === '' ? key : `${field}.${key}`
    if (agentOf(child) === undefined) return [[key, filled(child, at, values)]]
    const arg = values.get(at)
    return arg === undefined ? [] : [[key, { literal: arg }]]
  })
  return Array.isArray(value) ? children.map(([, child]) => child) : Object.fromEntries(children)
}

function placeOf(field: string, about: { params: Json; schema: JsonSchema }) {
  let { params: of, schema } = about
  let required = true
  for (const key of field.split('.')) {
    required = isJsonObject(of) ? isRequired(variantOf(schema, of) ?? schema, key) : false
    schema = childSchema(schema, { of, key })
    of =
      typeof of === 'object' && of !== null
        ? (childrenOf(of).find(([name]) => name === key)?.[1] ?? null)
        : null
  }
  return { schema, required }
}

/** Where a schema does not name what it holds, as that of an open object, what the maker drew is wanted. */
function isRequired({ properties, required }: JsonSchema, key: string): boolean {
  if (!isJsonObject(properties) || !Object.hasOwn(properties, key)) return true
  return Array.isArray(required) && required.includes(key)
}

function unused(field: string, taken: Set<string>): string {
  const plain = field.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, 56)
  let name = plain
  for (let count = 2; taken.has(name); count++) name = `${plain}_${count}`
  taken.add(name)
  return name
}

function forModel(schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema).filter(([key]) => !OF_FORMS.includes(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, inner(key, value)]))
}

function inner(key: string, value: Json): Json {
  // The names in `properties` are fields, whatever they are called.
  if (key === 'properties' && isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, schemaIn(one)]))
  return Array.isArray(value) ? value.map(schemaIn) : schemaIn(value)
}

const schemaIn = (value: Json): Json => (isJsonObject(value) ? forModel(value) : value)

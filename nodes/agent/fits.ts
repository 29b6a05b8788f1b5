import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../kit/index.ts'

const MOST = 10
const MOST_DEEP = 50

/**
 * What of a value does not fit a JSON Schema, each with where: `lines.0.sku must be text`. Knows the keywords that
 * describe data plainly; others (`pattern` among them, which could take for ever) say nothing against a value.
 */
export function misfits(value: Json, schema: JsonSchema): string[] {
  const found: string[] = []
  look({ value, schema, path: '', depth: 0, say: (text) => found.length < MOST && found.push(text) })
  return found
}

interface Place {
  value: Json
  schema: JsonSchema
  path: string
  depth: number
  say: (text: string) => unknown
}

function look(place: Place): void {
  const { value, schema, path, depth, say } = place
  const wrong = (text: string) => say(`${path === '' ? 'The whole' : path} ${text}`)
  if (depth > MOST_DEEP) return
  const types = typesOf(schema)
  if (types.length > 0 && !types.some((type) => isOf(type, value))) {
    wrong(`must be ${types.map((type) => words[type] ?? type).join(' or ')}`)
    return
  }
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => isSame(one, value)))
    wrong(`must be one of ${JSON.stringify(schema.enum).slice(0, 300)}`)
  if (Object.hasOwn(schema, 'const') && !isSame(schema.const ?? null, value))
    wrong(`must be ${JSON.stringify(schema.const)}`)
  sizes(place, wrong)
  if (Array.isArray(value)) lookAtElements(place, value)
  else if (isJsonObject(value)) lookAtFields(place, value)
  lookAtOptions(place, wrong)
}

function sizes({ value, schema }: Place, wrong: (text: string) => void): void {
  const limit = (name: string, breaks: (most: number) => boolean, text: string) => {
    const bound = schema[name]
    if (typeof bound === 'number' && breaks(bound)) wrong(`${text} ${bound}`)
  }
  if (typeof value === 'number') {
    limit('minimum', (least) => value < least, 'must be at least')
    limit('maximum', (most) => value > most, 'must be at most')
    limit('exclusiveMinimum', (least) => value <= least, 'must be more than')
    limit('exclusiveMaximum', (most) => value >= most, 'must be less than')
  } else if (typeof value === 'string') {
    limit('minLength', (least) => value.length < least, 'must have a length of at least')
    limit('maxLength', (most) => value.length > most, 'must have a length of at most')
  } else if (Array.isArray(value)) {
    limit('minItems', (least) => value.length < least, 'must have as many elements as')
    limit('maxItems', (most) => value.length > most, 'must have no more elements than')
  }
}

function lookAtElements(place: Place, elements: Json[]): void {
  const { items } = place.schema
  if (!isJsonObject(items)) return
  for (const [at, value] of elements.entries())
    look({ ...place, value, schema: items, path: under(place.path, String(at)), depth: place.depth + 1 })
}

function lookAtFields(place: Place, fields: JsonObject): void {
  const { schema, path, say } = place
  const properties = isJsonObject(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required : []
  for (const name of required)
    if (typeof name === 'string' && !Object.hasOwn(fields, name)) say(`${under(path, name)} is missing`)
  for (const [name, value] of Object.entries(fields)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties
    const at = under(path, name.slice(0, 100))
    if (own === false) say(`${at} is not asked for`)
    else if (isJsonObject(own)) look({ ...place, value, schema: own, path: at, depth: place.depth + 1 })
  }
}

function lookAtOptions(place: Place, wrong: (text: string) => void): void {
  const { value, schema, depth } = place
  const fits = (option: Json) => {
    let good = true
    const say = () => {
      good = false
    }
    if (isJsonObject(option)) look({ value, schema: option, path: '', depth: depth + 1, say })
    return good
  }
  const { anyOf, oneOf, allOf } = schema
  if (Array.isArray(anyOf) && !anyOf.some(fits)) wrong('fits none of the shapes it may have')
  if (Array.isArray(oneOf) && oneOf.filter(fits).length !== 1) wrong('fits not exactly one of its shapes')
  if (Array.isArray(allOf))
    for (const option of allOf) if (isJsonObject(option)) look({ ...place, schema: option, depth: depth + 1 })
}

const words: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

const typesOf = ({ type }: JsonSchema): string[] =>
  (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string')

function isOf(type: string, value: Json): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value)
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isJsonObject(value)
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type
    default:
      return true
  }
}

const under = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)

const isSame = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other)

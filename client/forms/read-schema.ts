import type { Json, JsonSchema } from '#nodes/kit/index.ts'
import type { FieldKind, FieldShape, FieldWords, NamedField, Option, VariantOption } from './field-shape.ts'
import { sentenceCase } from './sentence-case.ts'

const MAX_DEPTH = 12

interface Reading {
  defs: JsonSchema
  /** Names of `$defs` being read: a second visit is a recursive type, which is any JSON. */
  open: readonly string[]
  required: boolean
}

const isSchema = (value: Json | undefined): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: Json | undefined) => (typeof value === 'string' ? value : undefined)
const number = (value: Json | undefined) => (typeof value === 'number' ? value : undefined)
const schemas = (value: Json | undefined) => (Array.isArray(value) ? value.filter(isSchema) : [])
const propertiesOf = (schema: JsonSchema) => (isSchema(schema.properties) ? schema.properties : {})

/** The fields of a node's parameters, in the order the definition gives them. */
export function readParams(schema: JsonSchema): FieldShape {
  return readSchema(schema, { defs: isSchema(schema.$defs) ? schema.$defs : {}, open: [], required: true })
}

function readSchema(schema: JsonSchema, reading: Reading): FieldShape {
  const words = readWords(schema, reading.required)
  if (reading.open.length > MAX_DEPTH) return { ...words, kind: 'json' }
  const reference = /^#\/\$defs\/(.+)$/.exec(text(schema.$ref) ?? '')?.[1]
  if (reference === undefined) return { ...words, ...kindOf(schema, reading) }
  const target = reading.defs[reference]
  if (!isSchema(target) || reading.open.includes(reference)) return { ...words, kind: 'value' }
  const inner = { ...target, ...schema }
  delete inner.$ref
  return readSchema(inner, { ...reading, open: [...reading.open, reference] })
}

function readWords(schema: JsonSchema, required: boolean): FieldWords {
  const words: FieldWords = { required, static: schema.static === true, schema }
  if (text(schema.title)) words.title = text(schema.title)
  if (text(schema.description)) words.help = text(schema.description)
  if (text(schema.placeholder)) words.placeholder = text(schema.placeholder)
  if (schema.default !== undefined) words.default = schema.default
  return words
}

function kindOf(schema: JsonSchema, reading: Reading): FieldKind {
  return kindOfWidget(schema, reading) ?? kindOfStructure(schema, reading)
}

/** The widget is read before the structure: it is how a node asks for more than a schema can say. */
function kindOfWidget(schema: JsonSchema, reading: Reading): FieldKind | null {
  switch (schema.widget) {
    case 'json':
      return { kind: 'json' }
    case 'code':
      return { kind: 'code', language: 'javascript' }
    case 'cron':
      return { kind: 'cron' }
    case 'zone':
      return { kind: 'zone' }
    case 'connection':
      return { kind: 'connection' }
    case 'model':
    case 'workflow':
    case 'file':
    case 'schema':
      return { kind: schema.widget }
    case 'conditions':
      return conditionsKind(schema, reading)
    case 'fields':
      return fieldsKind(schema, reading)
    case 'multiline':
      return { kind: 'text', multiline: true }
    default:
      return null
  }
}

function kindOfStructure(schema: JsonSchema, reading: Reading): FieldKind {
  const options = optionsOf(schema)
  if (options) return { kind: 'choice', options }
  const variants = schemas(schema.oneOf).length > 0 ? schemas(schema.oneOf) : schemas(schema.anyOf)
  if (variants.length > 0) return kindOfVariants(variants, reading)
  switch (typeOf(schema)) {
    case 'string':
      return textKind(schema)
    case 'integer':
    case 'number':
      return numberKind(schema)
    case 'boolean':
      return { kind: 'boolean' }
    case 'array':
      return listKind(schema, reading)
    case 'object':
      return objectKind(schema, reading)
    default:
      return { kind: 'value' }
  }
}

/** `['string', 'null']` is a string that may be left out. */
function typeOf(schema: JsonSchema): string | undefined {
  const types = Array.isArray(schema.type) ? schema.type.filter((type) => type !== 'null') : [schema.type]
  return types.length === 1 ? text(types[0]) : undefined
}

function optionsOf(schema: JsonSchema): Option[] | null {
  if (!Array.isArray(schema.enum)) return null
  const titles = isSchema(schema.options) ? schema.options : {}
  return schema.enum.flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [{ value, title: text(titles[String(value)]) ?? optionTitle(String(value)) }]
      : [],
  )
}

/** `GET` stays as it is; `at_once` reads `At once`. */
const optionTitle = (value: string) => (/^[A-Z0-9]+$/.test(value) ? value : sentenceCase(value))

function textKind(schema: JsonSchema): FieldKind {
  const maxLength = number(schema.maxLength)
  const format = text(schema.format)
  return {
    kind: 'text',
    multiline: false,
    ...(format ? { format } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
  }
}

/** `z.int()` gives the largest safe integers as bounds: they say nothing to a maker. */
function bound(value: Json | undefined) {
  const limit = number(value)
  return limit === undefined || Math.abs(limit) === Number.MAX_SAFE_INTEGER ? undefined : limit
}

function numberKind(schema: JsonSchema): FieldKind {
  const [min, max] = [bound(schema.minimum), bound(schema.maximum)]
  const unit = text(schema.unit)
  return {
    kind: 'number',
    integer: typeOf(schema) === 'integer',
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(unit ? { unit } : {}),
  }
}

function listKind(schema: JsonSchema, reading: Reading): FieldKind {
  if (!isSchema(schema.items)) return { kind: 'json' }
  const min = number(schema.minItems)
  const max = number(schema.maxItems)
  return {
    kind: 'list',
    element: readSchema(schema.items, { ...reading, required: true }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }
}

function objectKind(schema: JsonSchema, reading: Reading): FieldKind {
  if (isSchema(schema.properties)) return { kind: 'object', fields: fieldsOf(schema, reading) }
  if (!isSchema(schema.additionalProperties)) return { kind: 'json' }
  return { kind: 'record', value: readSchema(schema.additionalProperties, { ...reading, required: true }) }
}

function fieldsOf(schema: JsonSchema, reading: Reading, but?: string): NamedField[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) =>
    isSchema(property) && name !== but
      ? [{ name, ...readSchema(property, { ...reading, required: required.includes(name) }) }]
      : [],
  )
}

/** One alternative beside null is that alternative; objects told apart by a constant are a choice; anything else is JSON. */
function kindOfVariants(all: JsonSchema[], reading: Reading): FieldKind {
  const variants = all.filter((variant) => variant.type !== 'null')
  const [only] = variants
  if (only && variants.length === 1) return kindOf(only, reading)
  const constants = variants.flatMap((variant) =>
    typeof variant.const === 'string'
      ? [{ value: variant.const, title: variantTitle(variant, variant.const) }]
      : [],
  )
  if (constants.length === variants.length) return { kind: 'choice', options: constants }
  const discriminator = discriminatorOf(variants)
  if (discriminator === undefined) return { kind: 'value' }
  return {
    kind: 'variant',
    discriminator,
    options: variants.flatMap((variant) => variantOption(variant, { ...reading, discriminator })),
  }
}

const variantTitle = (schema: JsonSchema, value: string) => text(schema.title) ?? optionTitle(value)

function discriminatorOf(variants: JsonSchema[]): string | undefined {
  const constant = (schema: JsonSchema, name: string) => {
    const property = propertiesOf(schema)[name]
    return isSchema(property) && typeof property.const === 'string'
  }
  return Object.keys(propertiesOf(variants[0] ?? {})).find((name) =>
    variants.every((variant) => constant(variant, name)),
  )
}

function variantOption(variant: JsonSchema, reading: Reading & { discriminator: string }): VariantOption[] {
  const property = propertiesOf(variant)[reading.discriminator]
  const value = isSchema(property) ? text(property.const) : undefined
  if (value === undefined) return []
  const help = text(variant.description)
  const { discriminator, ...rest } = reading
  return [
    {
      value,
      title: variantTitle(variant, value),
      ...(help ? { help } : {}),
      fields: fieldsOf(variant, rest, discriminator),
    },
  ]
}

/** Rows of a name and a value. */
function fieldsKind(schema: JsonSchema, reading: Reading): FieldKind | null {
  const row = isSchema(schema.items) ? fieldsOf(schema.items, reading) : []
  const rowName = row.find((field) => field.name === 'name')
  const rowValue = row.find((field) => field.name === 'value')
  return rowName && rowValue ? { kind: 'fields', rowName, rowValue } : null
}

/** Rules joined by all or any; a rule's own fields say what it compares. */
function conditionsKind(schema: JsonSchema, reading: Reading): FieldKind | null {
  const own = fieldsOf(schema, reading)
  const match = own.find((field) => field.name === 'match')
  const rules = own.find((field) => field.name === 'rules')
  if (match?.kind !== 'choice' || rules?.kind !== 'list' || rules.element.kind !== 'object') return null
  return { kind: 'conditions', match, rules, fields: rules.element.fields }
}

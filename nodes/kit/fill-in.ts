import type { JsonSchema } from './define-node.ts'
import { isJsonObject } from './is-json.ts'
import type { Json, JsonObject } from './json.ts'
import type { FileRef } from './means.ts'

/** What can be wrong with one field of a form that was filled in. */
export const faults = [
  'required',
  'not_text',
  'too_long',
  'not_email',
  'not_number',
  'not_option',
  'not_date',
  'not_checkbox',
  'not_file',
  'unknown_field',
] as const
export type Fault = (typeof faults)[number]

export type FilledIn =
  | { values: JsonObject; faults?: undefined }
  | { faults: { name: string; fault: Fault }[] }

/**
 * Holds what was filled in to the fields (`schemaOfFields`). What was left out is null then, and false for a checkbox.
 * Files are never taken from `given`: only who has stored them knows of them.
 */
export function fillIn(
  schema: JsonSchema,
  given: JsonObject,
  files: ReadonlyMap<string, FileRef> = new Map(),
): FilledIn {
  const fields = Object.entries(isJsonObject(schema.properties) ? schema.properties : {})
  const required = Array.isArray(schema.required) ? schema.required : []
  const known = new Set(fields.map(([name]) => name))
  const takeFiles = new Set(fields.flatMap(([name, field]) => (isFile(field) ? [name] : [])))
  const strays = [
    ...Object.keys(given).filter((name) => !known.has(name)),
    ...[...files.keys()].filter((name) => !takeFiles.has(name)),
  ]
  const found: { name: string; fault: Fault }[] = strays.map((name) => ({ name, fault: 'unknown_field' }))
  const values: [string, Json][] = []
  for (const [name, field] of fields) {
    const own = (Object.hasOwn(given, name) ? given[name] : null) ?? null
    const shape = isJsonObject(field) ? field : {}
    const read = isFile(field) ? readFile(own, files.get(name)) : readField(shape, own)
    if ('fault' in read) found.push({ name, fault: read.fault })
    else if (required.includes(name) && (read.value === null || read.value === false))
      found.push({ name, fault: 'required' })
    else values.push([name, read.value])
  }
  return found.length > 0 ? { faults: found } : { values: Object.fromEntries(values) }
}

type Read = { value: Json } | { fault: Fault }

const isFile = (field: Json | undefined) => isJsonObject(field) && field.widget === 'file'

function readFile(own: Json, file: FileRef | undefined): Read {
  if (own !== null && own !== '') return { fault: 'not_file' }
  return { value: file ? { ...file } : null }
}

function readField(shape: JsonSchema, given: Json): Read {
  if (shape.type === 'boolean') return readCheckbox(given)
  if (shape.type === 'number' || shape.type === 'integer') return readNumber(given)
  if (given === null) return { value: null }
  if (typeof given !== 'string') return { fault: 'not_text' }
  const text = given.trim()
  if (text === '') return { value: null }
  if (typeof shape.maxLength === 'number' && text.length > shape.maxLength) return { fault: 'too_long' }
  if (Array.isArray(shape.enum) && shape.enum.length > 0 && !shape.enum.includes(text))
    return { fault: 'not_option' }
  if (shape.format === 'email' && !EMAIL.test(text)) return { fault: 'not_email' }
  if (shape.format === 'date' && !isDate(text)) return { fault: 'not_date' }
  return { value: text }
}

/** One @, something before it and a host with a dot behind it: whether it exists only a message can tell. */
const EMAIL = /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\.]+(?:\.[^\s@<>(),;:"[\]\\.]+)+$/

function readCheckbox(given: Json): Read {
  if (given === null || given === '') return { value: false }
  return typeof given === 'boolean' ? { value: given } : { fault: 'not_checkbox' }
}

function readNumber(given: Json): Read {
  if (given === null || given === '') return { value: null }
  if (typeof given === 'number') return { value: given }
  if (typeof given !== 'string' || !/^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*$/.test(given))
    return { fault: 'not_number' }
  const value = Number(given)
  return Number.isFinite(value) ? { value } : { fault: 'not_number' }
}

/** A day of the calendar, as a date field gives it. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

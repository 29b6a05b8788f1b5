import { isJsonObject } from '#nodes/kit/is-json.ts'
import type { Json } from '#nodes/kit/json.ts'

/** A field of a form as a page draws it. */
export interface FormField {
  name: string
  label: string
  kind: 'text' | 'long_text' | 'email' | 'number' | 'choice' | 'checkbox' | 'date' | 'file'
  required: boolean
  options: readonly string[]
  help: string
  maxLength?: number
}

/** The fields of a JSON Schema of an object (`schemaOfFields`), in its order. */
export function fieldsOf(schema: Json | undefined): FormField[] {
  if (!isJsonObject(schema) || !isJsonObject(schema.properties)) return []
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(schema.properties).map(([name, own]) => {
    const field = isJsonObject(own) ? own : {}
    const options = Array.isArray(field.enum) ? field.enum.filter((one) => typeof one === 'string') : []
    return {
      name,
      label: typeof field.title === 'string' && field.title !== '' ? field.title : name,
      kind: kindOf(field, options),
      required: required.includes(name),
      options,
      help: typeof field.description === 'string' ? field.description : '',
      ...(typeof field.maxLength === 'number' ? { maxLength: field.maxLength } : {}),
    }
  })
}

function kindOf(field: { [key: string]: Json }, options: readonly string[]): FormField['kind'] {
  if (field.widget === 'file') return 'file'
  if (options.length > 0) return 'choice'
  if (field.type === 'boolean') return 'checkbox'
  if (field.type === 'number' || field.type === 'integer') return 'number'
  if (field.format === 'email') return 'email'
  if (field.format === 'date') return 'date'
  return field.widget === 'multiline' ? 'long_text' : 'text'
}

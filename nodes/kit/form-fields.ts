import { z } from 'zod'
import type { JsonSchema } from './define-node.ts'

export const fieldKinds = [
  'text',
  'long_text',
  'email',
  'number',
  'choice',
  'checkbox',
  'date',
  'file',
] as const

/** The longest text of each kind that a form takes. */
export const fieldLimits = { text: 1_000, longText: 20_000, email: 320, fields: 50, options: 100 } as const

/** One question of a form that people fill in. */
export const FormField = z.object({
  name: z
    .string()
    .max(60)
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/)
    .meta({
      title: 'Name',
      description: 'What expressions call it: letters, digits and _.',
      placeholder: 'email',
      static: true,
    }),
  label: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: 'Label', placeholder: 'Your e-mail address', static: true }),
  kind: z
    .enum(fieldKinds)
    .default('text')
    .meta({
      title: 'Kind',
      options: {
        text: 'Text',
        long_text: 'Long text',
        email: 'E-mail address',
        number: 'Number',
        choice: 'Choice',
        checkbox: 'Checkbox',
        date: 'Date',
        file: 'File',
      },
      static: true,
    }),
  required: z.boolean().default(false).meta({ title: 'Must be filled in', static: true }),
  options: z
    .array(z.string().min(1).max(200).meta({ static: true }))
    .max(fieldLimits.options)
    .default([])
    .meta({ title: 'Options', description: 'For a choice: what to choose from.', static: true }),
})
export type FormField = z.infer<typeof FormField>

/** The fields as a JSON Schema of the object they are filled in to: what pages draw and what answers are held to. */
export function schemaOfFields(fields: readonly FormField[]): JsonSchema {
  const named = new Map(fields.map((field) => [field.name, field]))
  return {
    type: 'object',
    properties: Object.fromEntries([...named].map(([name, field]) => [name, schemaOfField(field)])),
    required: [...named.values()].filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

function schemaOfField({ kind, label: title, options }: FormField): JsonSchema {
  switch (kind) {
    case 'text':
      return { title, type: 'string', maxLength: fieldLimits.text }
    case 'long_text':
      return { title, type: 'string', maxLength: fieldLimits.longText, widget: 'multiline' }
    case 'email':
      return { title, type: 'string', maxLength: fieldLimits.email, format: 'email' }
    case 'number':
      return { title, type: 'number' }
    case 'choice':
      return { title, type: 'string', enum: [...new Set(options)] }
    case 'checkbox':
      return { title, type: 'boolean' }
    case 'date':
      return { title, type: 'string', format: 'date' }
    case 'file':
      return { title, type: 'object', widget: 'file', properties: fileProperties }
  }
  return kind satisfies never
}

const fileProperties: JsonSchema = {
  file: { type: 'string' },
  name: { type: 'string' },
  type: { type: 'string' },
  size: { type: 'integer' },
}

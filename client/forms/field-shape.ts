import type { Json, JsonSchema } from '#nodes/kit/index.ts'

/** What every field says of itself, whatever its kind. */
export interface FieldWords {
  title?: string
  help?: string
  placeholder?: string
  default?: Json
  required: boolean
  /** Taken as it is written: never computed, so it has no toggle. */
  static: boolean
  schema: JsonSchema
}

export interface Option {
  value: string | number | boolean
  title: string
}

export interface VariantOption {
  value: string
  title: string
  help?: string
  fields: NamedField[]
}

/** The closed list of forms a value can be filled in by; `fields/` has one widget for each. */
export type FieldKind =
  | { kind: 'text'; multiline: boolean; format?: string; maxLength?: number }
  | { kind: 'number'; integer: boolean; min?: number; max?: number; unit?: string }
  | { kind: 'boolean' }
  | { kind: 'choice'; options: Option[] }
  | { kind: 'list'; element: FieldShape; min?: number; max?: number }
  | { kind: 'record'; value: FieldShape }
  | { kind: 'object'; fields: NamedField[] }
  | { kind: 'variant'; discriminator: string; options: VariantOption[] }
  /** Any JSON, most often a word, a number or picked data: one line, with its type beside it. */
  | { kind: 'value' }
  /** Any JSON, written as JSON. */
  | { kind: 'json' }
  | { kind: 'code'; language: 'javascript' | 'json' | 'text' }
  | { kind: 'cron' }
  | { kind: 'zone' }
  | { kind: 'conditions'; match: FieldShape; rules: FieldShape; fields: NamedField[] }
  | { kind: 'fields'; rowName: FieldShape; rowValue: FieldShape }
  | { kind: 'connection' }
  /** The name of a model, with those we know offered. */
  | { kind: 'model' }
  /** Another workflow of the tenant, by its id. */
  | { kind: 'workflow' }
  /** A file that an earlier step gave. */
  | { kind: 'file' }
  /** A JSON Schema, drawn as rows of fields. */
  | { kind: 'schema' }

export type FieldShape = FieldWords & FieldKind

export type NamedField = { name: string } & FieldShape

/** The shape of one kind, as its widget takes it. */
export type ShapeOf<Kind extends FieldKind['kind']> = Extract<FieldShape, { kind: Kind }>

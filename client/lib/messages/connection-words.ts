import type { FieldWords } from './node-words.ts'

/** The words of a kind of connection in a language other than its definition's. */
export interface ConnectionWords {
  title: string
  summary: string
  fields: Readonly<Record<string, FieldWords>>
}

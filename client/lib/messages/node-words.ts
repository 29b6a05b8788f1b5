/** The words of one parameter, or of one choice of it. */
export interface FieldWords {
  title?: string
  help?: string
  placeholder?: string
  options?: Readonly<Record<string, string>>
}

/** The words of a node in a language other than its definition's. */
export interface NodeWords {
  title: string
  summary: string
  /** The card's line; it keeps the places of the definition's. */
  line?: string
  /** In the order of the definition. */
  examples: readonly string[]
  /** By path, through choices by name: `body/json/json`, `cases/port`. */
  fields: Readonly<Record<string, FieldWords>>
}

import type { WorkflowDocument } from '../graph/document.ts'
import type { Parameter, Values } from '../graph/library/parameter.ts'
import type { Words } from '../graph/library/translate.ts'
import type { Json } from '../kit/json.ts'

/**
 * A workflow that ships with the product, as an item of the library. Written in English, with the words for every
 * other language beside it; a changed one becomes a new version by itself at the next start.
 */
export interface Template {
  /** Its address, for good: what was installed goes by it. */
  slug: string
  name: string
  /** One sentence, 300 characters at most. */
  summary: string
  /** A lucide icon name of client/ui/node-icons.ts. */
  icon: string
  /** A word or two each, in English and small letters. */
  tags: readonly string[]
  /** Markdown: what it does, what it needs, what to change. */
  readme: string
  /** Without connections: each is a parameter. */
  document: WorkflowDocument
  parameters: readonly Parameter[]
  translations: { 'pt-BR': TemplateWords }
  /** What it is tried with. */
  sample: {
    /** For every parameter that has no default, but for connections. */
    values: Values
    /** What its trigger gives. */
    trigger: Json
  }
}

export interface TemplateWords {
  name: string
  summary: string
  readme: string
  /** Names of nodes, notes, labels, and texts or whole expressions in parameters, by the English ones. */
  texts: Words
}

import type { WorkflowDocument } from '../graph/document.ts'

export const locales = ['en', 'pt-BR'] as const
export type Locale = (typeof locales)[number]

/** A workflow that a new tenant starts with: real, and in need of nothing outside. */
export interface ExampleWorkflow {
  id: string
  name: Record<Locale, string>
  description: Record<Locale, string>
  document: Record<Locale, WorkflowDocument>
}

/** The same drawing in every language. */
export function inEach<Words>(
  words: Record<Locale, Words>,
  draw: (words: Words) => WorkflowDocument,
): Record<Locale, WorkflowDocument> {
  return { en: draw(words.en), 'pt-BR': draw(words['pt-BR']) }
}

import { isJsonObject, type Json, type JsonObject } from '../../kit/json.ts'
import type { WorkflowDocument } from '../document.ts'
import { MAX_DEPTH } from '../tags.ts'
import type { Parameter } from './parameter.ts'

/** Texts of an item in another language, by the text itself: names, notes, texts and whole expressions. */
export type Words = Readonly<Record<string, string>>

/** The document with every text that the words have put into their language. What they lack stays. */
export function translate(document: WorkflowDocument, words: Words): WorkflowDocument {
  const say = (text: string) => said(text, words)
  const nodes = document.nodes.map((node) => ({
    ...node,
    ...(node.name === undefined ? {} : { name: say(node.name).slice(0, 120) }),
    ...(node.notes === undefined ? {} : { notes: say(node.notes) }),
    ...(node.tool?.description === undefined
      ? {}
      : { tool: { ...node.tool, description: say(node.tool.description) } }),
    params: inObject(node.params, say, 0),
  }))
  return { ...document, nodes }
}

export const translateParameters = (parameters: readonly Parameter[], words: Words): Parameter[] =>
  parameters.map((parameter): Parameter => {
    const spoken = { label: said(parameter.label, words), help: said(parameter.help, words) }
    if (parameter.kind === 'choice')
      return {
        ...parameter,
        ...spoken,
        options: parameter.options.map(({ value, label }) => ({ value, label: said(label, words) })),
      }
    if (parameter.kind === 'text' && parameter.default !== undefined)
      return { ...parameter, ...spoken, default: said(parameter.default, words) }
    return { ...parameter, ...spoken }
  })

const said = (text: string, words: Words) => (Object.hasOwn(words, text) ? (words[text] ?? text) : text)

const inObject = (value: JsonObject, say: (text: string) => string, depth: number): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inValue(child, say, depth + 1)]))

function inValue(value: Json, say: (text: string) => string, depth: number): Json {
  if (typeof value === 'string') return say(value)
  if (depth > MAX_DEPTH) return value
  if (Array.isArray(value)) return value.map((child) => inValue(child, say, depth + 1))
  return isJsonObject(value) ? inObject(value, say, depth) : value
}

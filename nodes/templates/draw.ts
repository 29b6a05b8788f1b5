import type { DocumentEdge, DocumentNode } from '../graph/document.ts'
import type { Parameter, Target } from '../graph/library/parameter.ts'
import type { Json } from '../kit/json.ts'

type More = Partial<Pick<DocumentNode, 'parent' | 'tool' | 'reliability' | 'size'>>

/** A card of a template: its name, what it is, where it is, and its parameters. */
export const step = (
  key: string,
  about: { name: string; type: string; at: readonly [number, number]; params?: Record<string, Json> } & More,
): DocumentNode => {
  const {
    name,
    type,
    at: [x, y],
    params = {},
    ...more
  } = about
  return { key, type, version: 1, name, params, position: { x, y }, ...more }
}

/** Threads written as `from:port>to`, or `from>to` for the only way out. */
export const threads = (...texts: readonly string[]): DocumentEdge[] =>
  texts.map((text) => {
    const [out = '', to = ''] = text.split('>')
    const [from = '', port = 'out'] = out.split(':')
    return { from, port, to }
  })

export const expr = (source: string) => ({ expr: source })

/** A connection to choose, for these nodes. */
export const connection = (
  key: string,
  about: { label: string; help?: string; kinds: string[]; nodes: readonly string[]; required?: boolean },
): Parameter => ({
  kind: 'connection',
  key,
  label: about.label,
  help: about.help ?? '',
  kinds: about.kinds,
  targets: about.nodes.map((node) => ({ node, path: ['connection'] })),
  required: about.required ?? true,
})

/** A text to fill in, for these places written as `node.params.to`. */
export const text = (
  key: string,
  about: { label: string; help?: string; places: readonly string[]; default?: string; multiline?: boolean },
): Parameter => ({
  kind: 'text',
  key,
  label: about.label,
  help: about.help ?? '',
  targets: about.places.map(placeOf),
  ...(about.default === undefined ? {} : { default: about.default }),
  ...(about.multiline ? { multiline: true } : {}),
})

function placeOf(place: string): Target {
  const [node = '', ...path] = place.split('.')
  return { node, path }
}

/** The model a template's agents ask, and the key for it. */
export const model = (agents: readonly string[], name = 'claude-sonnet-5-5'): Parameter[] => [
  connection('model_key', {
    label: 'Claude',
    kinds: ['model.anthropic', 'model.openai'],
    nodes: agents,
  }),
  text('model', {
    label: 'Model',
    help: 'As its provider calls it.',
    places: agents.map((agent) => `${agent}.params.model`),
    default: name,
  }),
]

/** The Portuguese words of `model`. */
export const modelWords = { Model: 'Modelo', 'As its provider calls it.': 'Como o provedor o chama.' }

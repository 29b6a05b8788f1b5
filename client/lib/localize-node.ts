import type { Locale } from './locale.ts'
import type { NodeWords } from './messages/node-words.ts'
import { nodes as portuguese } from './messages/pt-BR/nodes.ts'

type JsonLike = null | boolean | number | string | JsonLike[] | { [key: string]: JsonLike }
type SchemaLike = { [key: string]: JsonLike }

interface NodeLike {
  id: string
  title: string
  summary: string
  line?: string
  params: SchemaLike
  examples?: readonly { title: string }[]
}

/** The words of a node in a language. English ones come from its definition. */
export function wordsOf(id: string, locale: Locale): NodeWords | undefined {
  return locale === 'en' ? undefined : portuguese[id.replace('.', '_')]
}

/** A node's description in the reader's language: for the palette, the form and the docs. */
export function localizeNode<Info extends NodeLike>(info: Info, locale: Locale): Info {
  const words = wordsOf(info.id, locale)
  if (!words) return info
  return {
    ...info,
    title: words.title,
    summary: words.summary,
    ...(info.line !== undefined && words.line !== undefined ? { line: words.line } : {}),
    params: localizeSchema(info.params, '', words),
    ...(info.examples
      ? {
          examples: info.examples.map((example, at) => ({
            ...example,
            title: words.examples[at] ?? example.title,
          })),
        }
      : {}),
  }
}

const isSchema = (value: JsonLike | undefined): value is SchemaLike =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const within = (path: string, name: string) => (path === '' ? name : `${path}/${name}`)

/** Paths go through lists and choices by name: `body/json/json`, `cases/port`. */
function localizeSchema(schema: SchemaLike, path: string, words: NodeWords): SchemaLike {
  const own = words.fields[path]
  const next: SchemaLike = { ...schema }
  if (own?.title !== undefined) next.title = own.title
  if (own?.help !== undefined) next.description = own.help
  if (own?.placeholder !== undefined) next.placeholder = own.placeholder
  if (own?.options && !isSchema(schema.items)) next.options = { ...own.options }
  if (isSchema(schema.properties)) {
    next.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [
        name,
        isSchema(inner) ? localizeSchema(inner, within(path, name), words) : inner,
      ]),
    )
  }
  if (isSchema(schema.items))
    next.items = localizeSchema(schema.items, path, { ...words, fields: inner(words, path) })
  if (Array.isArray(schema.oneOf)) {
    next.oneOf = schema.oneOf.map((option) =>
      isSchema(option) ? localizeSchema(option, within(path, choiceName(option)), words) : option,
    )
  }
  return next
}

/** A list's own words are not those of its elements, but for the choices it is a list of. */
function inner(words: NodeWords, path: string): NodeWords['fields'] {
  const { [path]: own, ...fields } = words.fields
  return own?.options ? { ...fields, [path]: { options: own.options } } : fields
}

/** The constant that tells a choice apart. */
export function choiceName(option: SchemaLike): string {
  const properties = isSchema(option.properties) ? Object.values(option.properties) : []
  const constant = properties.find((property) => isSchema(property) && typeof property.const === 'string')
  return isSchema(constant) && typeof constant.const === 'string' ? constant.const : ''
}

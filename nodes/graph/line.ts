import type { JsonSchema } from '../kit/define-node.ts'
import { isJsonObject, type Json, type JsonObject } from '../kit/json.ts'
import type { DocumentNode } from './document.ts'
import {
  anything,
  childSchema,
  discriminatorOf,
  elementSchema,
  propertySchema,
  schemaOr,
} from './json-schema.ts'
import type { NodeInfo } from './node-info.ts'
import { agentOf, exprOf, isLiteral } from './tags.ts'
import { leftToAgent } from './tools.ts'

const MAX_LENGTH = 80
const MAX_NAMES = 3

/** The words a line needs beside the node's own; English when not given. */
export interface LineWords {
  and: string
  or: string
  more: (count: number) => string
  /** The title of one choice of a field, such as `at_least` or `minutes`. */
  option?: (choice: string) => string | undefined
}

const english: LineWords = { and: 'and', or: 'or', more: (count) => `+${count}` }

/**
 * The plain-language line on a node's card, such as `GET https://…` or `If total is at least 100`; the node's summary
 * while what the line would say is not filled in.
 */
export function cardLine(
  node: Pick<DocumentNode, 'params'>,
  info: NodeInfo,
  words: LineWords = english,
): string {
  if (info.line === undefined) return info.summary
  let missing = false
  const line = info.line.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = propertySchema(info.params, name)
    const value = Object.hasOwn(node.params, name) ? node.params[name] : schema.default
    const filled =
      value === undefined
        ? ''
        : agentOf(value) === undefined
          ? wordsOf(value, { schema, words })
          : leftWords(name, info)
    if (filled === '') missing = true
    return filled
  })
  return missing ? info.summary : shortened(line)
}

interface About {
  schema: JsonSchema
  words: LineWords
}

function wordsOf(value: Json, about: About): string {
  const source = exprOf(value)
  if (source !== undefined) return expressionWords(source)
  if (isLiteral(value)) return JSON.stringify(value.literal)
  if (agentOf(value) !== undefined) return '‹…›'
  const { schema, words } = about
  if (schema.widget === 'conditions' && isJsonObject(value)) return conditionWords(value, about)
  if (Array.isArray(value)) return listed(value, words)
  if (isJsonObject(value)) return objectWords(value, about)
  if (typeof value === 'string') return choiceWords(value, about) ?? value.split('\n', 1)[0] ?? ''
  return String(value)
}

/** What an agent fills in stands there by its name: `GET ‹URL›`. */
const leftWords = (field: string, info: NodeInfo) => `‹${titleAt(field, info)}›`

/** What is left to the agent and the line does not name anyway: `‹Subject›, ‹Body›`. */
export function leftLine(
  node: Pick<DocumentNode, 'params' | 'tool'>,
  info: NodeInfo,
  words: LineWords = english,
): string {
  // A description stands in place of the line, so then there are none.
  const line = node.tool?.description ? '' : (info.line ?? '')
  const named = new Set([...line.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  const names = leftToAgent(node)
    .filter(({ field }) => !named.has(field))
    .map(({ field }) => leftWords(field, info))
  const rest = names.length - MAX_NAMES
  return rest > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} ${words.more(rest)}` : names.join(', ')
}

/** A field's title, or the last part of its path. */
function titleAt(field: string, info: NodeInfo): string {
  const schema = field
    .split('.')
    .reduce<JsonSchema>(
      (at, key) => (/^\d+$/.test(key) ? elementSchema(at) : propertySchema(at, key)),
      info.params,
    )
  return typeof schema.title === 'string' ? schema.title : (field.split('.').at(-1) ?? field)
}

/** `steps.fetch.body.name` reads `fetch.body.name`; a text with data in it keeps its text. */
function expressionWords(source: string): string {
  const template = /^`([^`]*)`$/.exec(source.trim())?.[1]
  const plain =
    template === undefined ? source : template.replace(/\$\{([^}]*)\}/g, (_, inner: string) => `{${inner}}`)
  return plain
    .replace(/\bsteps\./g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function choiceWords(choice: string, { schema, words }: About): string | undefined {
  if (!Array.isArray(schema.enum)) return undefined
  const own = schemaOr(schema.options, {})[choice]
  return words.option?.(choice) ?? (typeof own === 'string' ? own : choice)
}

/** Names of rows, or the elements themselves. */
function listed(values: readonly Json[], words: LineWords): string {
  const names = values.map((value) => {
    const named = isJsonObject(value) && typeof value.name === 'string' ? value.name : value
    return wordsOf(named, { schema: anything, words })
  })
  const rest = names.length - MAX_NAMES
  return rest > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} ${words.more(rest)}` : names.join(', ')
}

/** What was chosen and filled in: `5 minutes`. */
function objectWords(value: JsonObject, { schema, words }: About): string {
  const discriminator = discriminatorOf(schema)
  const parts = Object.entries(value).map(([key, child]) =>
    key === discriminator ? '' : wordsOf(child, { schema: childSchema(schema, { of: value, key }), words }),
  )
  return parts.filter((part) => part !== '').join(' ')
}

function conditionWords({ match, rules }: JsonObject, { schema, words }: About): string {
  const list = Array.isArray(rules) ? rules.filter((rule) => isJsonObject(rule)) : []
  const rule = elementSchema(propertySchema(schema, 'rules'))
  const [first, ...others] = list.map(({ left, field, op, right }) =>
    [left ?? field, op ?? 'equals', right]
      .map((part, index) => {
        if (part === undefined) return ''
        return wordsOf(part, { schema: index === 1 ? propertySchema(rule, 'op') : anything, words })
      })
      .filter((part) => part !== '')
      .join(' '),
  )
  if (first === undefined) return ''
  if (others.length === 0) return first
  return `${first} ${match === 'any' ? words.or : words.and} ${others.length > 1 ? words.more(others.length) : others[0]}`
}

const shortened = (line: string) =>
  line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1).trimEnd()}…` : line

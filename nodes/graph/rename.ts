import { isJsonObject, type Json, type JsonObject } from '../kit/json.ts'
import type { Reliability } from '../kit/reliability.ts'
import type { DocumentNode, NodeKey, WorkflowDocument } from './document.ts'
import { parse } from './expression/parse.ts'
import { renameStep } from './expression/references.ts'
import { walk } from './expression/walk.ts'
import { TOOLS_PORT } from './graph.ts'
import { exprOf, isLiteral, MAX_DEPTH } from './tags.ts'

/**
 * The document with one node's key changed, and every reference to it: edges, frames, and expressions that read
 * `steps.<key>` or, where several wires meet, `input.<key>`. An expression that cannot be read stays as it is.
 */
export function renameNode(document: WorkflowDocument, from: NodeKey, to: NodeKey): WorkflowDocument {
  if (from === to) return document
  const swap = (key: NodeKey) => (key === from ? to : key)
  const joins = joinsAfter(document, from)
  const nodes = document.nodes.map((node): DocumentNode => {
    const rename = (source: string) => {
      const renamed = renameStep(source, from, to)
      return joins.has(node.key) ? renameInput(renamed, from, to) : renamed
    }
    return {
      ...node,
      key: swap(node.key),
      ...(node.parent === undefined ? {} : { parent: swap(node.parent) }),
      params: inParams(node.params, rename),
      ...(node.reliability?.cache?.key ? { reliability: keyed(node.reliability, rename) } : {}),
      ...(node.repeat ? { repeat: { ...node.repeat, list: { expr: rename(node.repeat.list.expr) } } } : {}),
    }
  })
  const edges = document.edges.map((edge) => ({ ...edge, from: swap(edge.from), to: swap(edge.to) }))
  return { ...document, nodes, edges }
}

function keyed(reliability: Reliability, rename: (source: string) => string): Reliability {
  const { cache } = reliability
  return cache?.key
    ? { ...reliability, cache: { ...cache, key: { expr: rename(cache.key.expr) } } }
    : reliability
}

/** The nodes that this one and others lead to: there, `input` may be an object by node key. */
function joinsAfter(document: WorkflowDocument, from: NodeKey): ReadonlySet<NodeKey> {
  const edges = document.edges.filter(({ port }) => port !== TOOLS_PORT)
  const after = new Set(edges.filter((edge) => edge.from === from).map(({ to }) => to))
  return new Set(edges.filter((edge) => edge.from !== from && after.has(edge.to)).map(({ to }) => to))
}

function renameInput(source: string, from: NodeKey, to: NodeKey): string {
  const places = memberPlaces(source, from)
  places.sort((a, b) => b.start - a.start)
  return places.reduce(
    (text, { start, end, quoted }) =>
      text.slice(0, start) + (quoted ? JSON.stringify(to) : to) + text.slice(end),
    source,
  )
}

interface Place {
  start: number
  end: number
  quoted: boolean
}

/** Where `input.<key>` and `input["<key>"]` name the key. */
function memberPlaces(source: string, key: NodeKey): Place[] {
  try {
    return walk(parse(source)).flatMap((part): Place[] => {
      if (part.kind !== 'member' && part.kind !== 'index') return []
      if (part.object.kind !== 'name' || part.object.name !== 'input') return []
      if (part.kind === 'member') return part.key === key ? [{ ...part.keySpan, quoted: false }] : []
      const { index } = part
      return index.kind === 'literal' && index.value === key
        ? [{ start: index.start, end: index.end, quoted: true }]
        : []
    })
  } catch {
    return []
  }
}

const inParams = (params: JsonObject, rename: (source: string) => string): JsonObject =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, inValue(value, rename, 1)]))

function inValue(value: Json, rename: (source: string) => string, depth: number): Json {
  const source = exprOf(value)
  if (source !== undefined) return { expr: rename(source) }
  if (isLiteral(value) || depth > MAX_DEPTH) return value
  if (Array.isArray(value)) return value.map((child) => inValue(child, rename, depth + 1))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, inValue(child, rename, depth + 1)]),
  )
}

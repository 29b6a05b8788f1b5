import type { Json } from '../../kit/json.ts'
import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from '../document.ts'
import { MAX_DEPTH } from '../tags.ts'
import { drawnFrom } from './drawn.ts'
import { isPlain, own } from './plain.ts'
import { same } from './same.ts'

/** One difference between two drawings, for people. Where things lie is none. */
export type Change =
  | { kind: 'node_added' | 'node_removed'; node: NodeKey }
  /** `field` is a dot path in the node; absent values are absent. */
  | { kind: 'field'; node: NodeKey; field: string; before?: Json; after?: Json }
  | { kind: 'edge_added' | 'edge_removed'; edge: DocumentEdge }
  | { kind: 'setting'; field: string; before?: Json; after?: Json }

/** What changed from one drawing to another: nodes as drawn, then edges. */
export function changesBetween(before: WorkflowDocument, after: WorkflowDocument): Change[] {
  const [old, now] = [drawnFrom(before), drawnFrom(after)]
  const changes: Change[] = []
  for (const key of old.nodes.keys())
    if (!now.nodes.has(key)) changes.push({ kind: 'node_removed', node: key })
  for (const [key, node] of now.nodes) {
    const earlier = old.nodes.get(key)
    if (earlier) changes.push(...fieldChanges(earlier, node))
    else changes.push({ kind: 'node_added', node: key })
  }
  for (const [id, edge] of old.edges) if (!now.edges.has(id)) changes.push({ kind: 'edge_removed', edge })
  for (const [id, edge] of now.edges) if (!old.edges.has(id)) changes.push({ kind: 'edge_added', edge })
  const settings = valueChanges(asJson(before.settings ?? {}), asJson(after.settings ?? {}))
  for (const change of settings) changes.push({ kind: 'setting', ...change })
  return changes
}

const fieldChanges = (before: DocumentNode, after: DocumentNode) =>
  valueChanges(asFields(before), asFields(after)).map(
    (change): Change => ({ kind: 'field', node: after.key, ...change }),
  )

function valueChanges(before: Json, after: Json): { field: string; before?: Json; after?: Json }[] {
  const found: { field: string; before?: Json; after?: Json }[] = []
  const compare = (one: Json | undefined, other: Json | undefined, path: string[]) => {
    if (same(one, other)) return
    if (path.length <= MAX_DEPTH && isPlain(one) && isPlain(other)) {
      const keys = new Set([...Object.keys(one), ...Object.keys(other)])
      for (const key of keys) compare(own(one, key), own(other, key), [...path, key])
    } else if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
      for (const [index, child] of one.entries()) compare(child, other[index], [...path, String(index)])
    } else
      found.push({
        field: path.join('.'),
        ...(one === undefined ? {} : { before: one }),
        ...(other === undefined ? {} : { after: other }),
      })
  }
  compare(before, after, [])
  return found
}

/** A node as JSON, without its key and place. */
function asFields({ key: _, position: __, size: ___, ...fields }: DocumentNode): Json {
  return asJson(fields)
}

const asJson = (value: object): Json => JSON.parse(JSON.stringify(value))

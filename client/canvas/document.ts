import {
  type DocumentEdge,
  type DocumentNode,
  documentLimits,
  type NodeKey,
  type WorkflowDocument,
  type WorkflowSettings,
} from '#nodes/graph/document.ts'
import { renameNode } from '#nodes/graph/rename.ts'
import { staysInScope } from './asides.ts'
import { applyPatch, difference, edgeId, type Patch, withSettings } from './patch.ts'
import { type Refusal, refuseEdge, refuseKey, refuseParent } from './refusals.ts'
import { movedWithTools, withTools } from './tools.ts'

/** The fields of a node that are set as they are; `undefined` takes one away. */
export type NodeFields = Partial<
  Pick<
    DocumentNode,
    'params' | 'name' | 'notes' | 'repeat' | 'reliability' | 'connection' | 'version' | 'tool'
  >
>

export interface Point {
  x: number
  y: number
}

/** Everything that can be done to a drawing, as data. */
export type Edit =
  | { type: 'add-node'; node: DocumentNode }
  | { type: 'paste'; nodes: readonly DocumentNode[]; edges: readonly DocumentEdge[] }
  | { type: 'move'; to: readonly { key: NodeKey; position: Point }[] }
  /** A frame takes its body with it. */
  | { type: 'remove'; keys: readonly NodeKey[] }
  | { type: 'connect'; edge: DocumentEdge }
  | { type: 'disconnect'; edges: readonly DocumentEdge[] }
  | { type: 'set'; key: NodeKey; fields: NodeFields }
  /** Rewrites every reference to it. */
  | { type: 'rename-key'; key: NodeKey; to: NodeKey }
  /** An agent takes its tools with it. Edges that would cross the frame's border are cut. */
  | { type: 'set-parent'; key: NodeKey; parent?: NodeKey; position: Point }
  | { type: 'resize'; key: NodeKey; size: { width: number; height: number }; position?: Point }
  /** What is undefined is not set any more; what is absent stays. */
  | { type: 'settings'; settings: { [Name in keyof WorkflowSettings]: WorkflowSettings[Name] | undefined } }
  | { type: 'all'; edits: readonly Edit[] }
  | Patch

export type Outcome =
  | { ok: true; document: WorkflowDocument; inverse: Patch }
  | { ok: false; refusal: Refusal }

/** Does the edit, or says why not. `inverse` undoes it exactly. */
export function perform(document: WorkflowDocument, edit: Edit): Outcome {
  const result = edited(document, edit)
  if (typeof result === 'string') return { ok: false, refusal: result }
  return { ok: true, document: result, inverse: difference(result, document) }
}

function edited(document: WorkflowDocument, edit: Edit): WorkflowDocument | Refusal {
  switch (edit.type) {
    case 'add-node':
      return added(document, { nodes: [edit.node], edges: [] })
    case 'paste':
      return added(document, edit)
    case 'move': {
      const to = new Map(edit.to.map((move) => [move.key, move.position]))
      return mapNodes(document, (node) => moved(node, to.get(node.key)))
    }
    case 'remove':
      return without(document, withBodies(document, edit.keys))
    case 'connect':
      return refuseEdge(document, edit.edge) ?? { ...document, edges: [...document.edges, edit.edge] }
    case 'disconnect': {
      const cut = new Set(edit.edges.map(edgeId))
      return { ...document, edges: document.edges.filter((edge) => !cut.has(edgeId(edge))) }
    }
    case 'set':
      return change(document, edit.key, (node) => withFields(node, edit.fields))
    case 'rename-key':
      return renamed(document, edit)
    case 'set-parent':
      return reparented(document, edit)
    case 'resize':
      return change(document, edit.key, (node) => moved({ ...node, size: edit.size }, edit.position))
    case 'settings':
      return withSettings(document, { ...document.settings, ...edit.settings })
    case 'all':
      return edit.edits.reduce<WorkflowDocument | Refusal>(
        (at, next) => (typeof at === 'string' ? at : edited(at, next)),
        document,
      )
    case 'patch':
      return applyPatch(document, edit)
    default:
      return edit satisfies never
  }
}

function added(
  document: WorkflowDocument,
  fragment: { nodes: readonly DocumentNode[]; edges: readonly DocumentEdge[] },
): WorkflowDocument | Refusal {
  let result = document
  for (const node of fragment.nodes) {
    const refusal = refuseKey(result, node.key)
    if (refusal) return refusal
    if (result.nodes.length >= documentLimits.nodes) return 'too_many_nodes'
    result = { ...result, nodes: [...result.nodes, node] }
  }
  for (const { key, parent } of fragment.nodes) {
    const refusal = refuseParent(result, { key, parent })
    if (refusal) return refusal
  }
  for (const edge of fragment.edges) {
    const refusal = refuseEdge(result, edge)
    if (refusal) return refusal
    result = { ...result, edges: [...result.edges, edge] }
  }
  return result
}

function renamed(
  document: WorkflowDocument,
  edit: { key: NodeKey; to: NodeKey },
): WorkflowDocument | Refusal {
  if (edit.key === edit.to) return document
  const refusal = refuseKey(document, edit.to)
  if (refusal) return refusal
  if (!document.nodes.some((node) => node.key === edit.key)) return 'missing_node'
  return renameNode(document, edit.key, edit.to)
}

function reparented(
  document: WorkflowDocument,
  edit: { key: NodeKey; parent?: NodeKey; position: Point },
): WorkflowDocument | Refusal {
  const refusal = refuseParent(document, edit)
  if (refusal) return refusal
  const moves = movedWithTools(document, [edit])
  const places = new Map(moves.map(({ key, position }) => [key, position]))
  const result = mapNodes(document, (node) => {
    const position = places.get(node.key)
    if (!position) return node
    const { parent: _, ...rest } = node
    return { ...rest, ...(edit.parent === undefined ? {} : { parent: edit.parent }), position }
  })
  const byKey = new Map(result.nodes.map((node) => [node.key, node]))
  const touched = (edge: DocumentEdge) => places.has(edge.from) || places.has(edge.to)
  const crosses = (edge: DocumentEdge) => {
    const [from, to] = [byKey.get(edge.from), byKey.get(edge.to)]
    return touched(edge) && (!from || !to || !staysInScope(edge, { from, to }))
  }
  return { ...result, edges: result.edges.filter((edge) => !crosses(edge)) }
}

/** The keys and what goes with them: everything inside of frames, and the tools of agents. */
export function withBodies(document: WorkflowDocument, keys: readonly NodeKey[]): Set<NodeKey> {
  const all = withTools(document, keys)
  for (let before = -1; before !== all.size; ) {
    before = all.size
    for (const node of document.nodes)
      if (node.parent !== undefined && all.has(node.parent))
        for (const key of withTools(document, [node.key])) all.add(key)
  }
  return all
}

function without(document: WorkflowDocument, keys: ReadonlySet<NodeKey>): WorkflowDocument {
  return {
    ...document,
    nodes: document.nodes.filter((node) => !keys.has(node.key)),
    edges: document.edges.filter((edge) => !keys.has(edge.from) && !keys.has(edge.to)),
  }
}

function change(
  document: WorkflowDocument,
  key: NodeKey,
  update: (node: DocumentNode) => DocumentNode,
): WorkflowDocument | Refusal {
  if (!document.nodes.some((node) => node.key === key)) return 'missing_node'
  return mapNodes(document, (node) => (node.key === key ? update(node) : node))
}

function mapNodes(
  document: WorkflowDocument,
  update: (node: DocumentNode) => DocumentNode,
): WorkflowDocument {
  return { ...document, nodes: document.nodes.map(update) }
}

function moved(node: DocumentNode, position: Point | undefined): DocumentNode {
  return position ? { ...node, position: { x: round(position.x), y: round(position.y) } } : node
}

function withFields(node: DocumentNode, fields: NodeFields): DocumentNode {
  const { params = node.params, version = node.version, ...optional } = fields
  const next: DocumentNode = { ...node, ...optional, params, version }
  for (const name of ['name', 'notes', 'repeat', 'reliability', 'connection', 'tool'] as const) {
    if (next[name] === undefined) delete next[name]
  }
  return next
}

/** Whole pixels keep documents small and differences readable. */
function round(value: number): number {
  return Math.min(1_000_000, Math.max(-1_000_000, Math.round(value)))
}

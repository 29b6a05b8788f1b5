import { type DocumentEdge, documentLimits, NodeKey, type WorkflowDocument } from '#nodes/graph/document.ts'
import { TOOLS_PORT, toGraph } from '#nodes/graph/graph.ts'
import type { FindNode, NodeInfo } from '#nodes/graph/node-info.ts'
import { UNDO_PORT } from '#nodes/graph/scopes.ts'
import { canBeTool } from '#nodes/graph/tools.ts'
import { leadsAside, staysInScope } from './asides.ts'

/** Why an edit cannot be done; the editor's messages say it in words under `refusals`. */
export type Refusal =
  | 'missing_node'
  | 'taken_key'
  | 'invalid_key'
  | 'self'
  | 'duplicate'
  | 'cycle'
  | 'scope'
  | 'frame_in_itself'
  | 'too_many_nodes'
  | 'too_many_edges'
  | 'into_trigger'
  | 'trigger_in_frame'
  | 'not_a_frame'
  | 'is_tool'
  | 'has_threads'
  | 'not_a_tool'
  | 'no_tools_port'
  | 'undo_alone'
  | 'sections'

/** Why this edge cannot be drawn, or null. */
export function refuseEdge(document: WorkflowDocument, edge: DocumentEdge): Refusal | null {
  if (edge.from === edge.to) return 'self'
  const from = document.nodes.find((node) => node.key === edge.from)
  const to = document.nodes.find((node) => node.key === edge.to)
  if (!from || !to) return 'missing_node'
  if (!staysInScope(edge, { from, to })) return 'scope'
  if (document.edges.some((known) => sameEdge(known, edge))) return 'duplicate'
  if (document.edges.length >= documentLimits.edges) return 'too_many_edges'
  const lent = refuseLending(document, edge)
  if (lent) return lent
  return reaches(document, edge.to, edge.from) ? 'cycle' : refuseAside(document, edge)
}

/** What undoes a step, and each part of a *try*, is walked by itself. */
function refuseAside(document: WorkflowDocument, edge: DocumentEdge): Refusal | null {
  const edges = [...document.edges, edge]
  if (!edges.some(leadsAside)) return null
  const graph = toGraph({ ...document, edges })
  for (const { from, port, to } of edges) {
    const [before, after] = [graph.undoes(from), graph.undoes(to)]
    const isApart = port === UNDO_PORT ? before !== undefined || after !== from : before !== after
    if (isApart && graph.nodes.has(from) && graph.nodes.has(to)) return 'undo_alone'
  }
  const isMixed = edges.some(({ from, to, port }) => {
    if (graph.nodes.get(from)?.parent === graph.nodes.get(to)?.parent)
      return graph.sectionOf(from) !== graph.sectionOf(to)
    return (port === 'catch' || port === 'finally') && graph.sectionOf(to) !== port
  })
  return isMixed ? 'sections' : null
}

/** A tool is lent to one agent, and nothing else leads to or from it. */
function refuseLending({ edges }: WorkflowDocument, { from, port, to }: DocumentEdge): Refusal | null {
  const isTool = (key: string) => edges.some((edge) => edge.port === TOOLS_PORT && edge.to === key)
  if (isTool(to) || (port !== TOOLS_PORT && isTool(from))) return 'is_tool'
  if (port !== TOOLS_PORT) return null
  return edges.some((edge) => edge.to === to || (edge.from === to && edge.port !== TOOLS_PORT))
    ? 'has_threads'
    : null
}

/** As `refuseEdge`, and knows that nothing leads into a trigger, and what can be a tool. */
export function refuseConnection(
  about: { document: WorkflowDocument; find: FindNode },
  edge: DocumentEdge,
): Refusal | null {
  const to = infoOf(about, edge.to)
  if (to?.role === 'trigger') return 'into_trigger'
  if (edge.port === TOOLS_PORT) {
    if (!infoOf(about, edge.from)?.takesTools) return 'no_tools_port'
    if (to && !canBeTool(to)) return 'not_a_tool'
  }
  return refuseEdge(about.document, edge)
}

/** Why a new node with this key cannot join, or null. */
export function refuseKey(document: WorkflowDocument, key: string): Refusal | null {
  if (!NodeKey.safeParse(key).success) return 'invalid_key'
  return document.nodes.some((node) => node.key === key) ? 'taken_key' : null
}

/** Why the node cannot sit in that frame, or null. */
export function refuseParent(
  document: WorkflowDocument,
  move: { key: string; parent?: string },
): Refusal | null {
  const byKey = new Map(document.nodes.map((node) => [node.key, node]))
  if (!byKey.has(move.key)) return 'missing_node'
  const seen = new Set<string>()
  for (let at = move.parent; at !== undefined && !seen.has(at); at = byKey.get(at)?.parent) {
    if (at === move.key) return 'frame_in_itself'
    if (!byKey.has(at)) return 'missing_node'
    seen.add(at)
  }
  return null
}

/** As `refuseParent`, and knows what is a frame and what a trigger. */
export function refuseFrame(
  about: { document: WorkflowDocument; find: FindNode },
  move: { key: string; parent?: string },
): Refusal | null {
  if (move.parent !== undefined) {
    if (infoOf(about, move.key)?.role === 'trigger') return 'trigger_in_frame'
    if (infoOf(about, move.parent)?.role !== 'frame') return 'not_a_frame'
  }
  return refuseParent(about.document, move)
}

function infoOf(about: { document: WorkflowDocument; find: FindNode }, key: string): NodeInfo | undefined {
  const node = about.document.nodes.find((candidate) => candidate.key === key)
  return node && about.find(node.type, node.version)
}

function sameEdge(left: DocumentEdge, right: DocumentEdge): boolean {
  return left.from === right.from && left.port === right.port && left.to === right.to
}

function reaches(document: WorkflowDocument, start: string, goal: string): boolean {
  const next = new Map<string, DocumentEdge[]>()
  for (const edge of document.edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge])
  const seen = new Set<string>()
  const open = [start]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === goal) return true
    if (seen.has(at)) continue
    seen.add(at)
    for (const edge of next.get(at) ?? []) open.push(edge.to)
  }
  return false
}

import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { type Graph, toGraph } from '#nodes/graph/graph.ts'
import { isTry, type Section, UNDO_PORT } from '#nodes/graph/scopes.ts'
import { undoPrefix } from '#nodes/graph/step-name.ts'
import type { RunRecord, Visit } from './run-record.ts'

/** What is not simply walked: what undoes a step, and the parts of a *try*. */
type Asides = Pick<Graph, 'undoes' | 'sectionOf'>

const none: Asides = { undoes: () => undefined, sectionOf: () => 'body' }
const known = new WeakMap<WorkflowDocument['edges'], { nodes: WorkflowDocument['nodes']; asides: Asides }>()

/** Looked up once for each drawing, for every card asks. */
export function asidesIn(document: WorkflowDocument): Asides {
  const { nodes, edges } = document
  if (!edges.some(leadsAside)) return none
  const before = known.get(edges)
  if (before?.nodes === nodes) return before.asides
  const asides = toGraph(document)
  known.set(edges, { nodes, asides })
  return asides
}

export const leadsAside = ({ port }: Pick<DocumentEdge, 'port'>) =>
  port === UNDO_PORT || port === 'catch' || port === 'finally'

/** Whether an edge stays in a scope; that of a *try* to one of its parts leads into the frame's own. */
export const staysInScope = (edge: DocumentEdge, { from, to }: { from: DocumentNode; to: DocumentNode }) =>
  isTry(from) && (edge.port === 'catch' || edge.port === 'finally')
    ? to.parent === from.key
    : from.parent === to.parent

/** Whether what undoes a step, or a part of a *try*, was begun from this visit by this edge. */
export function wentAside(record: RunRecord, { step }: Visit, { port, to }: DocumentEdge): boolean {
  return record.visits.has(port === UNDO_PORT ? `${undoPrefix(step)}${to}` : `${step}[0].${to}`)
}

/** The parts of a frame that have steps, and from where to where they reach, down from the frame's top. */
export function sectionBands(
  { document, key }: { document: WorkflowDocument; key: NodeKey },
  heightOf: (node: DocumentNode) => number,
): { section: Section; top: number; bottom: number }[] {
  const { sectionOf, undoes } = asidesIn(document)
  const inside = document.nodes.filter((node) => node.parent === key && undoes(node.key) === undefined)
  return (['catch', 'finally'] as const).flatMap((section) => {
    const own = inside.filter((node) => sectionOf(node.key) === section)
    if (own.length === 0) return []
    const top = own.reduce((least, node) => Math.min(least, node.position.y), Number.POSITIVE_INFINITY)
    const bottom = own.reduce((most, node) => Math.max(most, node.position.y + heightOf(node)), 0)
    return [{ section, top, bottom }]
  })
}

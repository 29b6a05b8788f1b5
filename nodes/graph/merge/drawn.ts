import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from '../document.ts'
import { groupBy } from '../graph.ts'

/** A document as a merge asks about it. */
export interface Drawn {
  nodes: ReadonlyMap<NodeKey, DocumentNode>
  edges: ReadonlyMap<string, DocumentEdge>
  /** All edges of a node, either way. */
  at(key: NodeKey): readonly DocumentEdge[]
  children(key: NodeKey): readonly DocumentNode[]
  /** Where a way out leads. */
  targets(from: NodeKey, port: string): readonly NodeKey[]
}

export const edgeId = ({ from, port, to }: DocumentEdge) => JSON.stringify([from, port, to])

export function drawnFrom(document: WorkflowDocument): Drawn {
  const nodes = new Map<NodeKey, DocumentNode>()
  for (const node of document.nodes) if (!nodes.has(node.key)) nodes.set(node.key, node)
  const edges = new Map(document.edges.map((edge) => [edgeId(edge), edge]))
  const ends = groupBy(
    [...edges.values()].flatMap((edge) => [...new Set([edge.from, edge.to])].map((key) => ({ key, edge }))),
    ({ key }) => key,
  )
  const children = groupBy([...nodes.values()], ({ parent }) => parent)
  const ways = groupBy([...edges.values()], ({ from, port }) => JSON.stringify([from, port]))
  return {
    nodes,
    edges,
    at: (key) => ends.get(key)?.map(({ edge }) => edge) ?? [],
    children: (key) => children.get(key) ?? [],
    targets: (from, port) => ways.get(JSON.stringify([from, port]))?.map(({ to }) => to) ?? [],
  }
}

import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument, WorkflowSettings } from '../document.ts'
import type { Three } from './conflict.ts'
import type { Drawn } from './drawn.ts'

/**
 * Makes a drawing of what was kept: a node whose frame is gone moves out to where the frame was, and edges that lead
 * nowhere, or out of a frame, are left out.
 */
export function settle(
  kept: {
    nodes: readonly DocumentNode[]
    edges: readonly DocumentEdge[]
    settings?: WorkflowSettings | undefined
  },
  three: Three<Drawn>,
): WorkflowDocument {
  const present = new Map(kept.nodes.map((node) => [node.key, node]))
  const placed = new Map<NodeKey, DocumentNode>()
  for (const node of uncircled(kept.nodes, three)) placed.set(node.key, lifted(node, present, three))
  const edges = kept.edges.filter(({ from, to }) => {
    const [a, b] = [placed.get(from), placed.get(to)]
    return a !== undefined && b !== undefined && a.parent === b.parent
  })
  const document: WorkflowDocument = { format: 1, nodes: [...placed.values()], edges }
  return kept.settings ? { ...document, settings: kept.settings } : document
}

function lifted(
  node: DocumentNode,
  present: ReadonlyMap<NodeKey, DocumentNode>,
  { base, mine, theirs }: Three<Drawn>,
): DocumentNode {
  let { parent, position } = node
  const met = new Set<NodeKey>()
  while (parent !== undefined && !present.has(parent)) {
    const frame: DocumentNode | undefined =
      mine.nodes.get(parent) ?? theirs.nodes.get(parent) ?? base.nodes.get(parent)
    if (!frame || met.has(parent)) {
      parent = undefined
      break
    }
    met.add(parent)
    position = { x: position.x + frame.position.x, y: position.y + frame.position.y }
    parent = frame.parent
  }
  if (parent === node.parent) return node
  const { parent: _, ...rest } = node
  return { ...rest, ...(parent === undefined ? {} : { parent }), position }
}

/** Two sides can put two frames into each other. Those then stay where mine has them. */
function uncircled(nodes: readonly DocumentNode[], { mine }: Three<Drawn>): DocumentNode[] {
  const circled = circles(nodes)
  if (circled.size === 0) return [...nodes]
  const moved = nodes.map((node): DocumentNode => {
    if (!circled.has(node.key)) return node
    const { parent: _, ...rest } = node
    const own = mine.nodes.get(node.key)
    return own
      ? { ...rest, ...(own.parent === undefined ? {} : { parent: own.parent }), position: own.position }
      : rest
  })
  const still = circles(moved)
  return moved.map((node) => {
    if (!still.has(node.key)) return node
    const { parent: _, ...rest } = node
    return rest
  })
}

/** The nodes that are, through their frames, inside themselves. */
export function circles(nodes: readonly Pick<DocumentNode, 'key' | 'parent'>[]): ReadonlySet<NodeKey> {
  const parents = new Map(nodes.map(({ key, parent }) => [key, parent]))
  const circled = new Set<NodeKey>()
  const settled = new Set<NodeKey>()
  for (const start of parents.keys()) {
    const way: NodeKey[] = []
    let at: NodeKey | undefined = start
    while (at !== undefined && !settled.has(at) && !way.includes(at)) {
      way.push(at)
      at = parents.get(at)
    }
    if (at !== undefined && way.includes(at)) for (const key of way.slice(way.indexOf(at))) circled.add(key)
    for (const key of way) settled.add(key)
  }
  return circled
}

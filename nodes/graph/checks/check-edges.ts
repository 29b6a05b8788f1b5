import type { DocumentEdge, NodeKey } from '../document.ts'
import { allPorts } from '../ports.ts'
import { entersSection } from '../scopes.ts'
import type { Checking } from './checking.ts'

/** Each edge by itself, then the circles they make. */
export function checkEdges(about: Checking): void {
  const seen = new Set<string>()
  for (const [index, edge] of about.document.edges.entries()) {
    const id = JSON.stringify([edge.from, edge.port, edge.to])
    if (seen.has(id)) about.report('duplicate_edge', { edge: index, node: edge.from })
    else checkEdge(about, { edge, index })
    seen.add(id)
  }
  const scopes = new Set([...about.graph.nodes.values()].map(({ parent }) => parent))
  for (const parent of scopes) checkCycles(about, parent)
}

function checkEdge(
  { graph, info, report }: Checking,
  { edge, index }: { edge: DocumentEdge; index: number },
) {
  const [from, to] = [graph.nodes.get(edge.from), graph.nodes.get(edge.to)]
  if (!from || !to) {
    const node = from ?? to
    const key = from ? edge.to : edge.from
    report('unknown_edge_end', { edge: index, ...(node ? { node: node.key } : {}) }, { key })
    return
  }
  const place = { edge: index, node: from.key }
  const [known, target] = [info(from.key), info(to.key)]
  if (from.parent !== to.parent && !entersSection(edge, { from, to }))
    report('edge_across_scopes', place, { from: from.key, to: to.key })
  if (target?.role === 'trigger') report('edge_into_trigger', { edge: index, node: to.key })
  if (!known) return
  if (!allPorts(from, known).includes(edge.port))
    report('unknown_port', place, { from: from.key, port: edge.port })
}

/** Names the nodes of each circle; those merely behind one are not its fault. */
function checkCycles({ graph, report }: Checking, parent: NodeKey | undefined) {
  const ordered = new Set(graph.order(parent))
  const left = new Set(
    graph.children(parent).flatMap(({ key }) => (ordered.has(key) || graph.isTool(key) ? [] : [key])),
  )
  while (left.size > 0) {
    const cycle = cycleIn(left, (key) => graph.into(key).map(({ from }) => from))
    const [first] = cycle
    if (first === undefined) return
    report('cycle', { node: first }, { keys: cycle.join(', ') })
    for (const key of cycle) left.delete(key)
    peel(left, (key) => graph.into(key).map(({ from }) => from))
  }
}

/** Every node left has a way in from another, so going backwards must come round. */
function cycleIn(left: ReadonlySet<NodeKey>, before: (key: NodeKey) => NodeKey[]): NodeKey[] {
  const [start] = left
  const way: NodeKey[] = []
  const places = new Map<NodeKey, number>()
  for (let at = start; at !== undefined; at = before(at).find((key) => left.has(key))) {
    const place = places.get(at)
    if (place !== undefined) return way.slice(place).reverse()
    places.set(at, way.length)
    way.push(at)
  }
  return []
}

/** Takes away, again and again, what no other node left leads to. */
function peel(left: Set<NodeKey>, before: (key: NodeKey) => NodeKey[]) {
  for (let changed = true; changed; ) {
    changed = false
    for (const key of left)
      if (!before(key).some((one) => left.has(one))) {
        left.delete(key)
        changed = true
      }
  }
}

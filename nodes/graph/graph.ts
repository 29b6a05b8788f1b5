import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from './document.ts'

/** A document made quick to ask. Scopes are named by their frame; the outermost is `undefined`. */
export interface Graph {
  /** The first of each key. */
  nodes: ReadonlyMap<NodeKey, DocumentNode>
  into(key: NodeKey): readonly DocumentEdge[]
  outOf(key: NodeKey): readonly DocumentEdge[]
  /** The nodes of a scope, as drawn. */
  children(parent: NodeKey | undefined): readonly DocumentNode[]
  /** The nodes lent to an agent: drawn to its `tools` port. They are in no order, nothing leads to or from them. */
  toolsOf(key: NodeKey): readonly DocumentNode[]
  isTool(key: NodeKey): boolean
  /** The agent a tool is lent to; the first where it is drawn to several. */
  lentTo(key: NodeKey): NodeKey | undefined
  /** The keys of a scope, each after all that lead to it. Nodes on a cycle, or behind one, are left out. */
  order(parent: NodeKey | undefined): readonly NodeKey[]
}

/** The port whose edges lend a node to an agent and are no order. */
export const TOOLS_PORT = 'tools'

/** Reads any document, however wrong; edges to nodes that do not exist or across scopes are left out. */
export function toGraph(document: WorkflowDocument): Graph {
  const nodes = new Map<NodeKey, DocumentNode>()
  for (const node of document.nodes) if (!nodes.has(node.key)) nodes.set(node.key, node)

  const drawn = document.edges.filter(({ from, to }) => {
    const [a, b] = [nodes.get(from), nodes.get(to)]
    return a !== undefined && b !== undefined && a.parent === b.parent
  })
  const lent = groupBy(
    drawn.filter(({ port }) => port === TOOLS_PORT),
    ({ from }) => from,
  )
  const agents = new Map<NodeKey, NodeKey>()
  for (const { from, to } of [...lent.values()].flat()) if (!agents.has(to)) agents.set(to, from)
  const edges = drawn.filter(
    ({ from, to, port }) => port !== TOOLS_PORT && !agents.has(from) && !agents.has(to),
  )
  const into = groupBy(edges, ({ to }) => to)
  const outOf = groupBy(edges, ({ from }) => from)
  const children = groupBy([...nodes.values()], ({ parent }) => parent)
  const orders = new Map<NodeKey | undefined, readonly NodeKey[]>()

  const graph: Graph = {
    nodes,
    into: (key) => into.get(key) ?? [],
    outOf: (key) => outOf.get(key) ?? [],
    children: (parent) => children.get(parent) ?? [],
    toolsOf: (key) => (lent.get(key) ?? []).flatMap(({ to }) => nodes.get(to) ?? []),
    isTool: (key) => agents.has(key),
    lentTo: (key) => agents.get(key),
    order(parent) {
      const known = orders.get(parent) ?? inOrder(graph, parent)
      orders.set(parent, known)
      return known
    },
  }
  return graph
}

function inOrder(graph: Graph, parent: NodeKey | undefined): readonly NodeKey[] {
  const walked = graph.children(parent).filter(({ key }) => !graph.isTool(key))
  const waysLeft = new Map(walked.map(({ key }) => [key, graph.into(key).length]))
  const order = [...waysLeft].filter(([, ways]) => ways === 0).map(([key]) => key)
  for (const key of order)
    for (const { to } of graph.outOf(key)) {
      const ways = (waysLeft.get(to) ?? 0) - 1
      waysLeft.set(to, ways)
      if (ways === 0) order.push(to)
    }
  return order
}

export function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

import type { DocumentEdge, DocumentNode, NodeKey, WorkflowDocument } from './document.ts'
import { entersSection, partsOf, type Section, sections, UNDO_PORT } from './scopes.ts'

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
  /** What undoes a step begins with these. */
  undoOf(key: NodeKey): readonly NodeKey[]
  /** The step that a node helps to undo; undefined for what is simply walked. */
  undoes(key: NodeKey): NodeKey | undefined
  /** Of a *try*, the part a node of it is in; `body` everywhere else. */
  sectionOf(key: NodeKey): Section
  /** Whose outputs are known when it has its turn, apart from those further back: what leads to it, by whatever way. */
  before(key: NodeKey): readonly NodeKey[]
  /**
   * The keys of a scope, each after all that lead to it: the body, what catches, what comes last, what undoes.
   * Nodes on a cycle, or behind one, are left out.
   */
  order(parent: NodeKey | undefined): readonly NodeKey[]
}

/** The port whose edges lend a node to an agent and are no order. */
export const TOOLS_PORT = 'tools'

/** Reads any document, however wrong; edges to nodes that do not exist or across scopes are left out. */
export function toGraph(document: WorkflowDocument): Graph {
  const nodes = new Map<NodeKey, DocumentNode>()
  for (const node of document.nodes) if (!nodes.has(node.key)) nodes.set(node.key, node)

  const drawn: DocumentEdge[] = []
  const entering: { section: Section; to: NodeKey }[] = []
  for (const edge of document.edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)]
    if (!from || !to) continue
    const section = entersSection(edge, { from, to })
    if (section) entering.push({ section, to: edge.to })
    else if (from.parent === to.parent) drawn.push(edge)
  }
  const lent = groupBy(
    drawn.filter(({ port }) => port === TOOLS_PORT),
    ({ from }) => from,
  )
  const agents = new Map<NodeKey, NodeKey>()
  for (const { from, to } of [...lent.values()].flat()) if (!agents.has(to)) agents.set(to, from)
  const walked = drawn.filter(
    ({ from, to, port }) => port !== TOOLS_PORT && !agents.has(from) && !agents.has(to),
  )
  const undo = walked.filter(({ port }) => port === UNDO_PORT)
  const edges = walked.filter(({ port }) => port !== UNDO_PORT)
  const into = groupBy(edges, ({ to }) => to)
  const outOf = groupBy(edges, ({ from }) => from)
  const undoOf = groupBy(undo, ({ from }) => from)
  const parts = partsOf({ undo, entering, outOf: (key) => outOf.get(key) ?? [] })
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
    undoOf: (key) => (undoOf.get(key) ?? []).map(({ to }) => to),
    undoes: (key) => parts.undoes.get(key),
    sectionOf: (key) => parts.sections.get(key) ?? 'body',
    before: (key) => beforeIn(graph, key),
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
  const rank = (key: NodeKey) =>
    graph.undoes(key) === undefined ? sections.indexOf(graph.sectionOf(key)) : sections.length
  return order.some((key) => rank(key) > 0) ? order.toSorted((a, b) => rank(a) - rank(b)) : order
}

/** What catches knows all of the body that was done, what comes last knows what caught too. */
function beforeIn(graph: Graph, key: NodeKey): readonly NodeKey[] {
  const direct = graph.into(key).map(({ from }) => from)
  if (direct.length > 0) return direct
  const undone = graph.undoes(key)
  if (undone !== undefined) return [undone]
  const section = graph.sectionOf(key)
  const parent = graph.nodes.get(key)?.parent
  if (section === 'body' || parent === undefined) return direct
  const earlier = sections.slice(0, sections.indexOf(section))
  const inside = graph.children(parent).map((child) => child.key)
  return [parent, ...inside.filter((one) => isWalked(graph, one) && earlier.includes(graph.sectionOf(one)))]
}

/** Whether a node has its turn in its scope: what is lent to an agent and what undoes a step have not. */
export const isWalked = (graph: Graph, key: NodeKey) => !graph.isTool(key) && graph.undoes(key) === undefined

export function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

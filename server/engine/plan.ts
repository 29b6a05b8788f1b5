import type { DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { noRetry, type RetryPolicy } from '#nodes/kit/reliability.ts'

/** What the engine must know of a node's definition. */
export interface Traits {
  frame: boolean
  retry: RetryPolicy
}

/** One node as the engine sees it. */
export interface PlanNode {
  key: NodeKey
  /** A `step` is run; a `frame` or a `repeat` opens a list and is walked once for each element. */
  kind: 'step' | 'frame' | 'repeat'
  ways: readonly { from: NodeKey; port: string }[]
  /** Its error port is drawn. */
  caught: boolean
  /** No wire leaves it, error wires aside: its output is the output of its scope. */
  end: boolean
  retry: RetryPolicy
}

/** A workflow made ready for `decide`: each scope's nodes, ordered so that a node comes after all that lead to it. */
export interface Plan {
  root: readonly PlanNode[]
  /** What one iteration of a frame or of a repeating node walks. */
  bodies: ReadonlyMap<NodeKey, readonly PlanNode[]>
}

/** Throws on a cycle; `check` finds those long before. */
export function planOf(document: WorkflowDocument, traitsOf: (node: DocumentNode) => Traits): Plan {
  const parents = new Map(document.nodes.map(({ key, parent }) => [key, parent]))
  const edges = document.edges.filter(
    ({ from, to }) => parents.has(from) && parents.has(to) && parents.get(from) === parents.get(to),
  )
  const into = groupBy(edges, ({ to }) => to)
  const outOf = groupBy(edges, ({ from }) => from)

  const scopes = new Map<NodeKey | undefined, PlanNode[]>()
  const bodies = new Map<NodeKey, readonly PlanNode[]>()
  for (const node of document.nodes) {
    const { frame, retry } = traitsOf(node)
    const planned: PlanNode = {
      key: node.key,
      kind: frame ? 'frame' : node.repeat ? 'repeat' : 'step',
      ways: (into.get(node.key) ?? []).map(({ from, port }) => ({ from, port })),
      caught: (outOf.get(node.key) ?? []).some(({ port }) => port === 'error'),
      end: (outOf.get(node.key) ?? []).every(({ port }) => port === 'error'),
      retry: frame || node.repeat ? noRetry : retry,
    }
    const scope = scopes.get(node.parent)
    if (scope) scope.push(planned)
    else scopes.set(node.parent, [planned])
    // One element of a repeating node is a scope of its own that holds the node and nothing else.
    if (planned.kind === 'repeat')
      bodies.set(node.key, [{ ...planned, kind: 'step', ways: [], caught: false, end: true, retry }])
    if (frame && !bodies.has(node.key)) bodies.set(node.key, [])
  }
  for (const [parent, nodes] of scopes) if (parent !== undefined) bodies.set(parent, inOrder(nodes))
  return { root: inOrder(scopes.get(undefined) ?? []), bodies }
}

function inOrder(nodes: readonly PlanNode[]): PlanNode[] {
  const left = new Map(nodes.map((node) => [node.key, node.ways.length]))
  const followers = groupBy(
    nodes.flatMap((node) => node.ways.map(({ from }) => ({ from, node }))),
    ({ from }) => from,
  )
  const ordered = nodes.filter((node) => node.ways.length === 0)
  for (const { key } of ordered)
    for (const { node } of followers.get(key) ?? []) {
      const waysLeft = (left.get(node.key) ?? 0) - 1
      left.set(node.key, waysLeft)
      if (waysLeft === 0) ordered.push(node)
    }
  if (ordered.length < nodes.length) throw new Error('A workflow must not have a cycle')
  return ordered
}

function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

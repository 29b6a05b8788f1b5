import type { DocumentNode, NodeKey } from '#nodes/graph/document.ts'
import type { Graph } from '#nodes/graph/graph.ts'
import { isTry, type Section } from '#nodes/graph/scopes.ts'
import { noRetry, type RetryPolicy } from '#nodes/kit/reliability.ts'

/** What the engine must know of a node's definition. */
export interface Traits {
  frame: boolean
  retry: RetryPolicy
}

/** One node as the engine sees it. */
export interface PlanNode {
  key: NodeKey
  /** A `step` is run; a `frame` or a `repeat` opens a list and is walked once for each element; a `try` part by part. */
  kind: 'step' | 'frame' | 'repeat' | 'try'
  ways: readonly { from: NodeKey; port: string }[]
  /** Its error port is drawn. */
  caught: boolean
  /** No wire leaves it, error wires aside: its output is the output of its scope. */
  end: boolean
  /** Something undoes it. */
  undo: boolean
  retry: RetryPolicy
}

/** A workflow made ready for `decide`: each scope's nodes, ordered so that a node comes after all that lead to it. */
export interface Plan {
  root: readonly PlanNode[]
  /** What one iteration of a frame or of a repeating node walks; of a *try*, its body. */
  bodies: ReadonlyMap<NodeKey, readonly PlanNode[]>
  /** What a *try* walks when its body has failed, and what it walks at last. */
  catches: ReadonlyMap<NodeKey, readonly PlanNode[]>
  finals: ReadonlyMap<NodeKey, readonly PlanNode[]>
  /** What is walked to undo a step. */
  undos: ReadonlyMap<NodeKey, readonly PlanNode[]>
}

/** Throws on a cycle; `check` finds those long before. */
export function planOf(graph: Graph, traitsOf: (node: DocumentNode) => Traits): Plan {
  const bodies = new Map<NodeKey, readonly PlanNode[]>()
  const catches = new Map<NodeKey, readonly PlanNode[]>()
  const finals = new Map<NodeKey, readonly PlanNode[]>()
  const undos = new Map<NodeKey, PlanNode[]>()
  return { root: scopeOf(undefined), bodies, catches, finals, undos }

  function scopeOf(parent: NodeKey | undefined, section: Section = 'body'): PlanNode[] {
    const order = graph.order(parent)
    if (order.length < graph.children(parent).filter(({ key }) => !graph.isTool(key)).length)
      throw new Error('A workflow must not have a cycle')
    const nodes: PlanNode[] = []
    for (const key of order) {
      const node = graph.nodes.get(key)
      if (!node || graph.sectionOf(key) !== section) continue
      const undone = graph.undoes(key)
      if (undone === undefined) nodes.push(planned(node))
      else undos.set(undone, [...(undos.get(undone) ?? []), planned(node)])
    }
    return nodes
  }

  function planned(node: DocumentNode): PlanNode {
    const { frame, retry } = traitsOf(node)
    const { key } = node
    const wires = graph.outOf(key)
    const itself: PlanNode = {
      key,
      kind: isTry(node) ? 'try' : frame ? 'frame' : node.repeat ? 'repeat' : 'step',
      ways: graph.into(key).flatMap(({ from, port }) => (isBeside(from, key) ? [{ from, port }] : [])),
      caught: wires.some(({ port }) => port === 'error'),
      end: wires.every(({ port }) => port === 'error'),
      undo: graph.undoOf(key).length > 0,
      retry,
    }
    if (itself.kind === 'step') return itself
    // One element of a repeating node is a scope of its own that holds the node and nothing else.
    const alone: PlanNode = { ...itself, kind: 'step', ways: [], caught: false, end: true }
    bodies.set(key, itself.kind === 'repeat' ? [alone] : scopeOf(key))
    if (itself.kind === 'try') {
      catches.set(key, scopeOf(key, 'catch'))
      finals.set(key, scopeOf(key, 'finally'))
    }
    return { ...itself, undo: false, retry: noRetry }
  }

  /** Whether two nodes of a scope are walked together: an edge into another part of it is an error that `check` finds. */
  function isBeside(one: NodeKey, other: NodeKey): boolean {
    return graph.undoes(one) === graph.undoes(other) && graph.sectionOf(one) === graph.sectionOf(other)
  }
}

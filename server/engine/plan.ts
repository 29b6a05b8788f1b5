import type { DocumentNode, NodeKey } from '#nodes/graph/document.ts'
import type { Graph } from '#nodes/graph/graph.ts'
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
export function planOf(graph: Graph, traitsOf: (node: DocumentNode) => Traits): Plan {
  const bodies = new Map<NodeKey, readonly PlanNode[]>()
  return { root: scopeOf(undefined), bodies }

  function scopeOf(parent: NodeKey | undefined): PlanNode[] {
    const order = graph.order(parent)
    if (order.length < graph.children(parent).filter(({ key }) => !graph.isTool(key)).length)
      throw new Error('A workflow must not have a cycle')
    return order.flatMap((key) => {
      const node = graph.nodes.get(key)
      return node ? [planned(node)] : []
    })
  }

  function planned(node: DocumentNode): PlanNode {
    const { frame, retry } = traitsOf(node)
    const wires = graph.outOf(node.key)
    const itself: PlanNode = {
      key: node.key,
      kind: frame ? 'frame' : node.repeat ? 'repeat' : 'step',
      ways: graph.into(node.key).map(({ from, port }) => ({ from, port })),
      caught: wires.some(({ port }) => port === 'error'),
      end: wires.every(({ port }) => port === 'error'),
      retry,
    }
    if (itself.kind === 'step') return itself
    // One element of a repeating node is a scope of its own that holds the node and nothing else.
    const alone: PlanNode = { ...itself, kind: 'step', ways: [], caught: false, end: true }
    bodies.set(node.key, frame ? scopeOf(node.key) : [alone])
    return { ...itself, retry: noRetry }
  }
}

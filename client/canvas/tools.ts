import type { NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import type { Edit, Point } from './document.ts'

/** Who is lent to whom. */
export interface Lending {
  agentOf: ReadonlyMap<NodeKey, NodeKey>
  /** From left to right. */
  toolsOf: ReadonlyMap<NodeKey, readonly NodeKey[]>
}

const known = new WeakMap<WorkflowDocument['edges'], { nodes: WorkflowDocument['nodes']; lending: Lending }>()

/** Looked up once for each drawing, for every card asks. Edges across frames lend nothing. */
export function lendingIn({ nodes, edges }: WorkflowDocument): Lending {
  const before = known.get(edges)
  if (before?.nodes === nodes) return before.lending
  const lending = readLending({ nodes, edges })
  known.set(edges, { nodes, lending })
  return lending
}

function readLending({ nodes, edges }: Pick<WorkflowDocument, 'nodes' | 'edges'>): Lending {
  const agentOf = new Map<NodeKey, NodeKey>()
  const lent = edges.filter(({ port }) => port === TOOLS_PORT)
  if (lent.length === 0) return { agentOf, toolsOf: new Map() }
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  for (const { from, to } of lent) {
    const [agent, tool] = [byKey.get(from), byKey.get(to)]
    if (
      agent &&
      tool &&
      agent.parent === tool.parent &&
      !agentOf.has(to) &&
      !leadsBack(agentOf, { from, to })
    )
      agentOf.set(to, from)
  }
  const toolsOf = new Map<NodeKey, NodeKey[]>()
  const across = (key: NodeKey) => byKey.get(key)?.position.x ?? 0
  for (const [tool, agent] of agentOf) toolsOf.set(agent, [...(toolsOf.get(agent) ?? []), tool])
  for (const row of toolsOf.values()) row.sort((left, right) => across(left) - across(right))
  return { agentOf, toolsOf }
}

/** A broken draft may lend agents to each other in a circle: the edge that closes it lends nothing. */
function leadsBack(agentOf: ReadonlyMap<NodeKey, NodeKey>, { from, to }: { from: NodeKey; to: NodeKey }) {
  for (let at: NodeKey | undefined = from; at !== undefined; at = agentOf.get(at)) if (at === to) return true
  return false
}

export const isTool = (document: WorkflowDocument, key: NodeKey) => lendingIn(document).agentOf.has(key)

export const toolsOf = (document: WorkflowDocument, key: NodeKey): readonly NodeKey[] =>
  lendingIn(document).toolsOf.get(key) ?? none
const none: readonly NodeKey[] = []

/** The keys and, for agents among them, their tools, and the tools of those. */
export function withTools(document: WorkflowDocument, keys: Iterable<NodeKey>): Set<NodeKey> {
  const all = new Set(keys)
  for (const key of all) for (const tool of toolsOf(document, key)) all.add(tool)
  return all
}

/** Moves of nodes with what hangs on them: a tool that is not moved itself goes with its agent. */
export function movedWithTools(
  document: WorkflowDocument,
  to: readonly { key: NodeKey; position: Point }[],
): { key: NodeKey; position: Point }[] {
  const { agentOf } = lendingIn(document)
  if (agentOf.size === 0) return [...to]
  const byKey = new Map(document.nodes.map((node) => [node.key, node]))
  const moves = new Map(to.map(({ key, position }) => [key, position]))
  const wanted = new Set(moves.keys())
  for (const key of withTools(document, wanted)) {
    if (wanted.has(key)) continue
    const agent = byKey.get(agentOf.get(key) ?? '')
    const [own, there] = [byKey.get(key), agent && moves.get(agent.key)]
    if (!own || !agent || !there) continue
    const by = { x: there.x - agent.position.x, y: there.y - agent.position.y }
    moves.set(key, { x: own.position.x + by.x, y: own.position.y + by.y })
  }
  return [...moves].map(([key, position]) => ({ key, position }))
}

/** What another tool of the same agent is told of. */
export interface Drawing {
  document: WorkflowDocument
  find: FindNode
}

/** The edges and moves of a copy that stays a tool of the agent its original has. */
export function lendCopies(
  document: WorkflowDocument,
  copies: readonly { from: NodeKey; to: NodeKey }[],
): Edit[] {
  const { agentOf } = lendingIn(document)
  const copied = new Set(copies.map(({ from }) => from))
  return copies.flatMap(({ from, to }): Edit[] => {
    const agent = agentOf.get(from)
    if (agent === undefined || copied.has(agent)) return []
    return [{ type: 'connect', edge: { from: agent, port: TOOLS_PORT, to } }]
  })
}

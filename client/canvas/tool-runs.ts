import type { NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { type Graph, toGraph } from '#nodes/graph/graph.ts'
import { toolName } from '#nodes/graph/tools.ts'
import type { NodeRun, NodeStatus } from './run-overlay.ts'
import type { RunRecord, Visit } from './run-record.ts'
import { isApproval, type SubStep, toolPath } from './sub-steps.ts'

/** The node an agent's call was of, with the agent it is lent to; null for one that is no longer drawn. */
export function calledTool(
  graph: Graph,
  about: { visit: Pick<Visit, 'key'>; sub: Pick<SubStep, 'name'> },
): { agent: NodeKey; key: NodeKey } | null {
  let called: { agent: NodeKey; key: NodeKey } | null = null
  for (const name of toolPath(about.sub.name)) {
    const agent: NodeKey = called?.key ?? about.visit.key
    const tool = graph.toolsOf(agent).find((node) => toolName(node) === name)
    if (!tool) return null
    called = { agent, key: tool.key }
  }
  return called
}

/** The calls of one tool in a run, as they were made. */
export function callsOf(about: { document: WorkflowDocument; record: RunRecord }, key: NodeKey): SubStep[] {
  return [...(callsByTool(about).get(key)?.calls ?? [])]
}

interface Calls {
  agent: NodeKey
  calls: SubStep[]
}

function callsByTool({ document, record }: { document: WorkflowDocument; record: RunRecord }) {
  const found = new Map<NodeKey, Calls>()
  const graph = toGraph(document)
  for (const visit of record.visits.values())
    for (const sub of visit.subSteps.values()) {
      // A call that is to be approved first has not begun, and is waited for all the same.
      const isAsked = sub.kind === 'ask' && sub.status === 'waiting' && isApproval(sub)
      if (sub.kind !== 'tool' && !isAsked) continue
      const called = calledTool(graph, { visit, sub })
      if (!called) continue
      const known = found.get(called.key)
      if (known) known.calls.push(sub)
      else found.set(called.key, { agent: called.agent, calls: [sub] })
    }
  return found
}

/** What the cards of tools show of a run: a tool has no visits, its agent calls it. */
export function toolRuns(about: {
  document: WorkflowDocument
  record: RunRecord
  ended: boolean
}): Map<NodeKey, { agent: NodeKey; run: NodeRun }> {
  const found = new Map<NodeKey, { agent: NodeKey; run: NodeRun }>()
  if (![...about.record.visits.values()].some(({ subSteps }) => subSteps.size > 0)) return found
  for (const [key, { agent, calls }] of callsByTool(about))
    found.set(key, { agent, run: runOf(calls, about) })
  return found
}

const loudest: readonly NodeStatus[] = ['running', 'asking', 'failed', 'stopped', 'done']

function runOf(calls: readonly SubStep[], { ended }: { ended: boolean }): NodeRun {
  const statuses = new Set(calls.map((call) => statusOf(call, ended)))
  const status = loudest.find((one) => statuses.has(one)) ?? 'done'
  const startedAt = calls.reduce((first, call) => Math.min(first, call.startedAt), Number.POSITIVE_INFINITY)
  const took = calls.reduce((sum, call) => sum + ((call.endedAt ?? call.startedAt) - call.startedAt), 0)
  const open = status === 'running' || status === 'asking'
  return { status, count: calls.length, startedAt, attempts: 1, ...(open ? {} : { ms: took }) }
}

/** How a call stands, in the words of a card. */
export function statusOf({ status }: SubStep, ended: boolean): NodeStatus {
  switch (status) {
    case 'done':
    case 'failed':
      return status
    case 'waiting':
      return ended ? 'stopped' : 'asking'
    case 'running':
      return ended ? 'stopped' : 'running'
    case 'stopped':
      return 'stopped'
    default:
      return status satisfies never
  }
}

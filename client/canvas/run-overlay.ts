import type { DocumentEdge, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { asidesIn, leadsAside, wentAside } from './asides.ts'
import { edgeId } from './patch.ts'
import type { RunRecord, Visit } from './run-record.ts'
import { isApproval } from './sub-steps.ts'
import { toolRuns } from './tool-runs.ts'

/**
 * `asking`: it waits for a person. `attention`: it did not end well, and somebody decides. `reused`: done in the run
 * that this one replays.
 */
export type NodeStatus =
  | 'attention'
  | 'reused'
  | 'running'
  | 'waiting'
  | 'asking'
  | 'retrying'
  | 'done'
  | 'failed'
  | 'skipped'
  | 'stopped'

/** What a card shows of a run. */
export interface NodeRun {
  status: NodeStatus
  /** Visits in all; iterations of a repeating node count, its own closing visit does not. */
  count: number
  /** Elements that are through and the length of the list, for frames and repeating nodes. */
  progress?: { done: number; of: number }
  startedAt?: number
  /** From its first start to its last end; absent while it goes on. */
  ms?: number
  untilMs?: number
  attempts: number
  /** The run failed, and what it had done was undone; or, at least once, could not be. */
  undo?: 'done' | 'failed'
}

export interface RunOverlay {
  nodes: ReadonlyMap<NodeKey, NodeRun>
  /** How often each edge carried a value, by `edgeId`. */
  carried: ReadonlyMap<string, number>
  /** Edges into a step that is running now. */
  travelling: ReadonlySet<string>
}

export const emptyOverlay: RunOverlay = { nodes: new Map(), carried: new Map(), travelling: new Set() }

/** What the canvas shows of a run. Pure, so that a past run and a live one look the same. */
export function runOverlay(about: {
  document: WorkflowDocument
  find: FindNode
  record: RunRecord
}): RunOverlay {
  const { document, record } = about
  const visits = new Map<NodeKey, Visit[]>()
  for (const visit of record.visits.values()) {
    const known = visits.get(visit.key)
    if (known) known.push(visit)
    else visits.set(visit.key, [visit])
  }
  const nodes = new Map<NodeKey, NodeRun>()
  for (const [key, own] of visits) nodes.set(key, nodeRun(own, aboutNode(about, key)))
  const { trigger } = record
  if (trigger)
    nodes.set(trigger.key, { status: 'done', count: 1, startedAt: record.startedAt, ms: 0, attempts: 1 })
  const carried = carriedEdges(document, record, visits)
  for (const [key, run] of toolRuns({ document, record, ended: isEnded(record) })) {
    nodes.set(key, run.run)
    carried.set(edgeId({ from: run.agent, port: TOOLS_PORT, to: key }), run.run.count)
  }
  for (const key of skippedNodes({ document, record, nodes, carried })) {
    nodes.set(key, { status: 'skipped', count: 0, attempts: 0 })
  }
  const moving = document.edges.filter(
    (edge) => carried.has(edgeId(edge)) && nodes.get(edge.to)?.status === 'running',
  )
  return { nodes, carried, travelling: new Set(moving.map(edgeId)) }
}

function isEnded(record: RunRecord): boolean {
  return record.status !== 'queued' && record.status !== 'running'
}

interface AboutNode {
  ended: boolean
  /** How often its node is tried in all. */
  attempts: number
  /** Whatever it waits for, it is a person. */
  person: boolean
  /** It walks a list. */
  list: boolean
}

function aboutNode(
  about: { document: WorkflowDocument; find: FindNode; record: RunRecord },
  key: NodeKey,
): AboutNode {
  const node = about.document.nodes.find((candidate) => candidate.key === key)
  const info = node && about.find(node.type, node.version)
  return {
    ended: isEnded(about.record),
    attempts: node?.reliability?.attempts ?? info?.retry.attempts ?? 1,
    person: info?.group === 'person',
    list: info?.frame !== 'try',
  }
}

function nodeRun(visits: Visit[], about: AboutNode): NodeRun {
  const own = visits.filter((visit) => visit.index === undefined)
  const repeated = visits.filter((visit) => visit.index !== undefined)
  const opened = visits.filter((visit) => visit.elements !== undefined)
  const ends = visits.flatMap((visit) => (visit.endedAt === undefined ? [] : [visit.endedAt]))
  const status = foldStatus(visits.map((visit) => visitStatus(visit, about)))
  const startedAt = visits.reduce(
    (first, visit) => Math.min(first, visit.startedAt),
    Number.POSITIVE_INFINITY,
  )
  const open = isOpen(status)
  const until = visits.find((visit) => visit.status === 'waiting')?.untilMs
  return {
    status,
    count: repeated.length > 0 ? repeated.length : own.length,
    startedAt,
    attempts: visits.reduce((most, visit) => Math.max(most, visit.attempts.length), 0),
    ...(open || ends.length === 0
      ? {}
      : { ms: ends.reduce((last, at) => Math.max(last, at), 0) - startedAt }),
    ...(until === undefined ? {} : { untilMs: until }),
    ...undoOf(visits),
    ...(opened.length === 0 || !about.list ? {} : { progress: progressOf(opened, repeated) }),
  }
}

function undoOf(visits: Visit[]): Pick<NodeRun, 'undo'> {
  const undone = visits.flatMap(({ undo }) => undo ?? [])
  if (undone.length === 0) return {}
  return { undo: undone.some(({ failure }) => failure) ? 'failed' : 'done' }
}

function progressOf(opened: Visit[], repeated: Visit[]): { done: number; of: number } {
  const of = opened.reduce((sum, visit) => sum + (visit.elements?.length ?? 0), 0)
  const closed = opened.reduce((sum, visit) => sum + visit.closed, 0)
  const ended = repeated.filter((visit) => visit.status === 'done').length
  const done = opened.every((visit) => visit.status === 'done') ? of : Math.min(of, Math.max(closed, ended))
  return { done, of }
}

/** A failed attempt with attempts left is about to be tried again. */
function visitStatus(visit: Visit, about: AboutNode): NodeStatus {
  switch (visit.status) {
    case 'done':
      return visit.reused ? 'reused' : 'done'
    case 'failed': {
      const again =
        !about.ended && visit.failure?.retryable === true && visit.attempts.length < about.attempts
      return again ? 'retrying' : 'failed'
    }
    case 'waiting':
      if (about.ended) return 'stopped'
      if (visit.attention) return 'attention'
      return asksPerson(visit, about) ? 'asking' : 'waiting'
    case 'running':
      return about.ended ? 'stopped' : 'running'
    default:
      return visit.status satisfies never
  }
}

const asksPerson = ({ subSteps }: Visit, { person }: Pick<AboutNode, 'person'>) =>
  [...subSteps.values()].some(
    (sub) => sub.status === 'waiting' && sub.task !== undefined && (person || isApproval(sub)),
  )

const isOpen = (status: NodeStatus) =>
  status === 'attention' ||
  status === 'running' ||
  status === 'waiting' ||
  status === 'asking' ||
  status === 'retrying'

const loudest: readonly NodeStatus[] = [
  'running',
  'retrying',
  'attention',
  'asking',
  'waiting',
  'failed',
  'stopped',
  'done',
  'reused',
]

const hasEnded = (status: NodeStatus | undefined) =>
  status === 'done' || status === 'reused' || status === 'failed'

function foldStatus(statuses: NodeStatus[]): NodeStatus {
  const present = new Set(statuses)
  return loudest.find((status) => present.has(status)) ?? 'done'
}

function carriedEdges(
  document: WorkflowDocument,
  record: RunRecord,
  visits: ReadonlyMap<NodeKey, Visit[]>,
): Map<string, number> {
  const carried = new Map<string, number>()
  const took = (visit: Visit, edge: DocumentEdge) => {
    if (leadsAside(edge)) return wentAside(record, visit, edge)
    if (visit.index !== undefined) return false
    if (visit.status === 'done') return visit.port === edge.port
    // A failure that nobody drew an edge for ends the run; one with an edge goes on at its target.
    const target = visit.scope === '' ? edge.to : `${visit.scope}.${edge.to}`
    return visit.status === 'failed' && edge.port === 'error' && record.visits.has(target)
  }
  for (const edge of document.edges) {
    const isTrigger = record.trigger?.key === edge.from && edge.port === 'out'
    const count = isTrigger ? 1 : (visits.get(edge.from) ?? []).filter((visit) => took(visit, edge)).length
    if (count > 0) carried.set(edgeId(edge), count)
  }
  return carried
}

/** Nodes that this run passed by: every way in is settled and none was taken. Other triggers' nodes were never meant. */
function skippedNodes(about: {
  document: WorkflowDocument
  record: RunRecord
  nodes: ReadonlyMap<NodeKey, NodeRun>
  carried: ReadonlyMap<string, number>
}): Set<NodeKey> {
  const { document, record, nodes, carried } = about
  const over = isEnded(record)
  const byKey = new Map(document.nodes.map((node) => [node.key, node]))
  const meant = reachable(document, record.trigger?.key)
  const skipped = new Set<NodeKey>()
  // What undoes is not passed by when there was nothing to undo: it stands aside.
  const { undoes } = asidesIn(document)
  const scopeOver = (key: NodeKey): boolean => {
    const parent = byKey.get(key)?.parent
    if (parent === undefined) return over
    const status = nodes.get(parent)?.status
    return skipped.has(parent) || hasEnded(status) || scopeOver(parent)
  }
  const isSettled = (edge: DocumentEdge) => {
    const from = nodes.get(edge.from)
    const ended = hasEnded(from?.status) || !meant.has(edge.from)
    return skipped.has(edge.from) || (ended && !carried.has(edgeId(edge)))
  }
  const into = new Map<NodeKey, DocumentEdge[]>()
  for (const edge of document.edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge])
  for (let before = -1; before !== skipped.size; ) {
    before = skipped.size
    for (const { key } of document.nodes) {
      if (nodes.has(key) || skipped.has(key) || !meant.has(key) || undoes(key) !== undefined) continue
      const ways = into.get(key) ?? []
      if (scopeOver(key) || (ways.length > 0 && ways.every(isSettled))) skipped.add(key)
    }
  }
  return skipped
}

/** What the trigger leads to, and the bodies of the frames among it. */
function reachable(document: WorkflowDocument, trigger: NodeKey | undefined): Set<NodeKey> {
  const seen = new Set<NodeKey>(trigger === undefined ? [] : [trigger])
  for (let before = -1; before !== seen.size; ) {
    before = seen.size
    for (const edge of document.edges) if (seen.has(edge.from)) seen.add(edge.to)
    for (const node of document.nodes)
      if (node.parent !== undefined && seen.has(node.parent)) seen.add(node.key)
  }
  return seen
}

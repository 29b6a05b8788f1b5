import type { NodeStatus } from '#client/canvas/run-overlay.ts'
import type { RunRecord, Visit } from '#client/canvas/run-record.ts'
import { isApproval, type Spent, type SubStep, spentIn, subStepRows } from '#client/canvas/sub-steps.ts'
import { statusOf } from '#client/canvas/tool-runs.ts'
import type { RetryPolicy } from '#nodes/kit/reliability.ts'
import { noteOf, type RowNote } from './row-note.ts'

/** One line of a run's timeline: a step, or a sub-step under it. */
export interface Row {
  step: string
  key: string
  depth: number
  /** Which element of which list, such as 3. */
  turn?: number
  status: NodeStatus
  startedAt: number
  endedAt?: number
  attempts: number
  sub?: SubStep
  /** Whether its sub-steps are shown; absent when it has none. */
  open?: boolean
  spent?: Spent
  note?: RowNote
}

/** What was chosen in the timeline. */
export interface Choice {
  step: string
  node: string
  sub: string | null
}

/** In a longer run, agents are opened one by one. */
const MOST_OPEN = 30

export interface RowsAbout {
  /** Steps whose sub-steps are shown or hidden otherwise than usual. */
  turned: ReadonlySet<string>
  /** The nodes that ask people. */
  persons: ReadonlySet<string>
  /** How often a node is tried. */
  policyOf: (key: string) => RetryPolicy
}

/** The steps in the order they began, sub-steps under them where `turned` says otherwise than usual. */
export function timelineRows(record: RunRecord, { turned, persons, policyOf }: RowsAbout): Row[] {
  const ended = record.status !== 'queued' && record.status !== 'running'
  const usual = record.visits.size <= MOST_OPEN
  const rows = [...record.visits.values()].flatMap((visit) => {
    const row = rowOf(visit, {
      ...{ record, ended, person: persons.has(visit.key), policy: policyOf(visit.key) },
    })
    if ([...visit.subSteps.values()].every(isAttention)) return [row]
    const open = turned.has(visit.step) !== usual
    const spent = spentIn(visit.subSteps.values())
    const own: Row = { ...row, open, ...(spent ? { spent } : {}) }
    return open ? [own, ...subRows(visit, { row, ended })] : [own]
  })
  const { trigger, startedAt } = record
  if (!trigger || startedAt === undefined) return rows
  const first: Row = {
    ...{ step: trigger.key, key: trigger.key, depth: 0, status: 'done', attempts: 1 },
    ...{ startedAt, endedAt: startedAt },
  }
  return [first, ...rows]
}

interface RowAbout {
  record: RunRecord
  ended: boolean
  /** Whatever it waits for, it is a person. */
  person: boolean
  policy: RetryPolicy
}

function rowOf(visit: Visit, about: RowAbout): Row {
  const { record } = about
  const scopes = visit.scope === '' ? 0 : visit.scope.split('.').length
  const endedAt = visit.endedAt ?? record.endedAt
  const note = noteOf(visit, about)
  return {
    ...{ step: visit.step, key: visit.key, startedAt: visit.startedAt, attempts: visit.attempts.length },
    depth: scopes + (visit.index === undefined ? 0 : 1),
    ...turnOf(visit),
    status: visitStatus(visit, about),
    ...(note ? { note } : {}),
    ...(endedAt === undefined ? {} : { endedAt }),
  }
}

function subRows(visit: Visit, { row, ended }: { row: Row; ended: boolean }): Row[] {
  return subStepRows(visit.subSteps)
    .filter(({ sub: each }) => !isAttention(each))
    .map(({ sub, depth }) => {
      const endedAt = sub.endedAt ?? row.endedAt
      return {
        ...{ step: visit.step, key: visit.key, startedAt: sub.startedAt, attempts: sub.starts, sub },
        depth: row.depth + depth + 1,
        status: statusOf(sub, ended),
        ...(endedAt === undefined ? {} : { endedAt }),
      }
    })
}

/** What the engine asks of people when a step did not end well: the step's own row says it. */
const isAttention = ({ name }: Pick<SubStep, 'name'>) => name.startsWith('attention[')

function turnOf(visit: Visit): { turn?: number } {
  if (visit.index !== undefined) return { turn: visit.index }
  const turn = /\[(\d+)\]$/.exec(visit.scope)?.[1]
  return turn === undefined ? {} : { turn: Number(turn) }
}

function visitStatus(visit: Visit, about: RowAbout): NodeStatus {
  const { ended, person } = about
  if (visit.status === 'done') return visit.reused ? 'reused' : 'done'
  if (visit.status === 'failed') return noteOf(visit, about)?.kind === 'retrying' ? 'retrying' : 'failed'
  if (ended) return 'stopped'
  if (visit.status === 'waiting' && visit.attention) return 'attention'
  const asks = [...visit.subSteps.values()].some(
    (sub) => sub.status === 'waiting' && sub.task !== undefined && (person || isApproval(sub)),
  )
  return visit.status === 'waiting' && asks ? 'asking' : visit.status
}

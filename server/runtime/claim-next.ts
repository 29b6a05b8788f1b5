import type pg from 'pg'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { decodeJson } from '#server/db/json.ts'
import { type ClaimedRun, LEASE_MS } from './claim.ts'
import { clockOffset } from './clock.ts'
import type { StartedBy } from './new-run.ts'

export interface ClaimAbout {
  worker: string
  /** How many runs at most. */
  places: number
  leaseMs?: number
  /** Tenants of which a run has just ended: at their limit before, they are looked at again. */
  freed?: readonly string[]
}

export interface Claim {
  /** As many as there were places: there may be more. */
  runs: ClaimedRun[]
  /** Tenants with runs in line that may not begin now: the end of one of theirs may let another begin. */
  waiting: string[]
}

interface Row {
  tenant: string
  run: string | null
  token: string
  workflow: string
  pinned: number | null
  drawn: unknown
  cause: StartedBy
  begun: Date
  cancelled: string | null
  due: Date | null
  seq: number
  calls: number
  awaited: boolean
  ordered: boolean
  held_by: string | null
  was: string
  now_ms: number
}

// How tenants take turns is said where the function is made.
const CLAIM = 'SELECT * FROM claim_runs($1, $2, $3, $4)'

/** Takes runs for a worker, many at once: the tenants' turns, their limits, pauses and ordering keys decide which. */
export async function claimNext(
  pool: Pick<pg.Pool, 'query'>,
  { worker, places, leaseMs = LEASE_MS, freed = [] }: ClaimAbout,
): Promise<Claim> {
  const askedAt = Date.now()
  const { rows } = await pool.query<Row>(CLAIM, [worker, places, leaseMs, freed])
  const answeredAt = Date.now()
  const runs = rows.flatMap((row): ClaimedRun[] =>
    row.run === null ? [] : [claimed(row, { runId: row.run, askedAt, answeredAt })],
  )
  return { runs, waiting: rows.flatMap(({ run, tenant }) => (run === null ? [tenant] : [])) }
}

function claimed(row: Row, about: { runId: string; askedAt: number; answeredAt: number }): ClaimedRun {
  return {
    tenantId: row.tenant,
    runId: about.runId,
    token: Number(row.token),
    workflowId: row.workflow,
    version: row.pinned,
    // One that cannot be read is its own run's end, not that of all that were taken with it.
    document: row.drawn === null ? null : (WorkflowDocument.safeParse(decodeJson(row.drawn)).data ?? null),
    startedBy: row.cause,
    startedAt: row.begun,
    cancelReason: row.cancelled,
    deadlineAt: row.due,
    lastSeq: row.seq,
    depth: row.calls,
    isAwaited: row.awaited,
    isOrdered: row.ordered,
    reason: row.held_by !== null ? 'takeover' : row.was === 'waiting' ? 'woken' : 'queued',
    clockOffsetMs: clockOffset(row.now_ms, about),
  }
}

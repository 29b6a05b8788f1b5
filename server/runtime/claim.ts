import type pg from 'pg'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import type { RunRef, StartedBy } from './new-run.ts'

export const LEASE_MS = 10_000

/** A run in this worker's hands. Every write names the token; a claim by another worker makes it stale. */
export interface ClaimedRun extends RunRef {
  token: number
  workflowId: string
  version: number | null
  document: WorkflowDocument | null
  startedBy: StartedBy
  startedAt: Date
  cancelReason: string | null
  /** It fails when it has not ended by then. */
  deadlineAt?: Date | null
  lastSeq: number
  /** How many runs called one another down to this one. */
  depth: number
  /** Whether a step of another run waits for its outcome, where that is known. */
  isAwaited?: boolean
  /** It has an ordering key: its end may let the next one begin. */
  isOrdered?: boolean
  reason: 'queued' | 'takeover' | 'woken'
  /** The database's clock less ours, in ms. */
  clockOffsetMs: number
}

/** Puts a run this worker claimed back in line. Nothing happens if it lost it. */
export async function release(pool: pg.Pool, run: RunRef & { token: number }): Promise<void> {
  await pool.query(
    `UPDATE run SET status = 'queued', lease_owner = NULL, lease_until = NULL
     WHERE tenant_id = $1 AND id = $2 AND lease_token = $3 AND finished_at IS NULL AND lease_owner IS NOT NULL`,
    [run.tenantId, run.runId, run.token],
  )
}

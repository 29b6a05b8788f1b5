import type pg from 'pg'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { WorkflowDocument as Document } from '#nodes/graph/document.ts'
import { decodeJson } from '#server/db/json.ts'
import { clockOffset } from './clock.ts'
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
  reason: 'queued' | 'takeover' | 'woken'
  /** The database's clock less ours, in ms. */
  clockOffsetMs: number
}

interface Row {
  token: string
  workflow_id: string
  version: number | null
  document: unknown
  started_by: StartedBy
  started_at: Date
  cancel_reason: string | null
  last_seq: number
  depth: number
  old_owner: string | null
  old_status: string
  now_ms: number
}

// Locked first, so that of many wake-ups of one run a single one claims it and the others find nothing.
const CLAIM = `
WITH due AS (
  SELECT tenant_id, id, lease_owner AS old_owner, status AS old_status
  FROM run
  WHERE tenant_id = $1 AND id = $2 AND finished_at IS NULL AND (lease_until IS NULL OR lease_until < now())
    AND (status IN ('queued', 'running') OR wake_at <= now() OR cancel_reason IS NOT NULL)
    -- What is to end needs no place.
    AND CASE WHEN cancel_reason IS NULL THEN may_begin(tenant_id, id, workflow_id) ELSE true END
  FOR UPDATE SKIP LOCKED
)
UPDATE run SET status = 'running', lease_owner = $3, lease_token = lease_token + 1,
  lease_until = now() + $4 * interval '1 ms', wake_at = NULL, started_at = coalesce(started_at, now()),
  crash_count = crash_count + (old_owner IS NOT NULL)::int
FROM due
WHERE run.tenant_id = due.tenant_id AND run.id = due.id
RETURNING lease_token AS token, workflow_id, version, document, started_by, started_at, cancel_reason, last_seq, depth,
  old_owner, old_status, extract(epoch FROM clock_timestamp())::float8 * 1000 AS now_ms`

/** Takes a run that is due and that no living worker holds; null when there is nothing to take. */
export async function claim(
  pool: pg.Pool,
  about: RunRef & { worker: string; leaseMs?: number },
): Promise<ClaimedRun | null> {
  const { tenantId, runId, worker, leaseMs = LEASE_MS } = about
  const askedAt = Date.now()
  const { rows } = await pool.query<Row>(CLAIM, [tenantId, runId, worker, leaseMs])
  const row = rows[0]
  if (!row) return null
  return {
    tenantId,
    runId,
    token: Number(row.token),
    workflowId: row.workflow_id,
    version: row.version,
    document: row.document === null ? null : Document.parse(decodeJson(row.document)),
    startedBy: row.started_by,
    startedAt: row.started_at,
    cancelReason: row.cancel_reason,
    lastSeq: row.last_seq,
    depth: row.depth,
    reason: row.old_owner !== null ? 'takeover' : row.old_status === 'waiting' ? 'woken' : 'queued',
    clockOffsetMs: clockOffset(row.now_ms, { askedAt, answeredAt: Date.now() }),
  }
}

/** Puts a run this worker claimed back in line. Nothing happens if it lost it. */
export async function release(pool: pg.Pool, run: RunRef & { token: number }): Promise<void> {
  await pool.query(
    `UPDATE run SET status = 'queued', lease_owner = NULL, lease_until = NULL, notified_at = now()
     WHERE tenant_id = $1 AND id = $2 AND lease_token = $3 AND finished_at IS NULL AND lease_owner IS NOT NULL`,
    [run.tenantId, run.runId, run.token],
  )
}

import type pg from 'pg'
import type { RunRef } from './new-run.ts'

const MOST = 500

// Each kind has an index of its own. Rows that another sweeper is looking at are left to it. Saying that a run was
// told of keeps it from being told of again at once.
const SWEEP = `
WITH expired AS (
  SELECT tenant_id, id FROM run
  WHERE lease_until < now() AND finished_at IS NULL AND (notified_at IS NULL OR notified_at < greatest(lease_until, now() - $1 * interval '1 ms'))
  ORDER BY lease_until LIMIT ${MOST} FOR UPDATE SKIP LOCKED
), forgotten AS (
  SELECT tenant_id, id FROM run
  WHERE status = 'queued' AND (notified_at IS NULL OR notified_at < now() - $2 * interval '1 ms')
  ORDER BY created_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED
), due AS (
  SELECT tenant_id, id FROM run
  WHERE wake_at <= now() AND finished_at IS NULL AND (notified_at IS NULL OR notified_at < greatest(wake_at, now() - $1 * interval '1 ms'))
  ORDER BY wake_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED
), cancelling AS (
  SELECT tenant_id, id FROM run
  WHERE cancel_reason IS NOT NULL AND finished_at IS NULL AND lease_until IS NULL
    AND (notified_at IS NULL OR notified_at < now() - $1 * interval '1 ms')
  LIMIT ${MOST} FOR UPDATE SKIP LOCKED
), found AS (
  SELECT * FROM expired UNION SELECT * FROM forgotten UNION SELECT * FROM due UNION SELECT * FROM cancelling
)
UPDATE run SET notified_at = now() FROM found
WHERE run.tenant_id = found.tenant_id AND run.id = found.id
RETURNING run.tenant_id, run.id`

/** How long after telling of a run it counts as not heard. */
export interface Patience {
  /** Of runs that are late: their worker died, or their time has come. */
  lateMs: number
  /** Of runs in line: longer while the queue has work waiting, as it may be among that. */
  queuedMs: number
}

/** Finds the runs that should be moving and are not: dead workers, lost wake-ups, timers, cancels. Any number of copies. */
export async function sweep(pool: pg.Pool, { lateMs, queuedMs }: Patience): Promise<RunRef[]> {
  const { rows } = await pool.query<{ tenant_id: string; id: string }>(SWEEP, [lateMs, queuedMs])
  return rows.map(({ tenant_id, id }) => ({ tenantId: tenant_id, runId: id }))
}

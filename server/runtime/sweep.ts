import type pg from 'pg'
import type { RunRef } from './new-run.ts'

const MOST = 500

/** Of one tenant’s line at once: the others’ wake-ups are not kept waiting for a long one. */
const MOST_IN_LINE = 50

// Each kind has an index of its own. Rows that another sweeper is looking at are left to it. Saying that a run was
// told of keeps it from being told of again at once. Of a tenant that runs as many as it may, or is paused, nothing is
// told: when there is room again, it is. The line is looked at tenant by tenant, as far as each has room.
const SWEEP = `
WITH RECURSIVE active AS (
  SELECT tenant_id, count(*)::int AS runs FROM run
  WHERE lease_until IS NOT NULL AND finished_at IS NULL GROUP BY tenant_id
), lined AS (
  (SELECT tenant_id FROM run WHERE status = 'queued' ORDER BY tenant_id LIMIT 1)
  UNION ALL
  SELECT (SELECT r.tenant_id FROM run r WHERE r.status = 'queued' AND r.tenant_id > l.tenant_id
    ORDER BY r.tenant_id LIMIT 1)
  FROM lined l WHERE l.tenant_id IS NOT NULL
), expired AS (
  SELECT tenant_id, id FROM run
  WHERE lease_until < now() AND finished_at IS NULL AND (notified_at IS NULL OR notified_at < greatest(lease_until, now() - $1 * interval '1 ms'))
  ORDER BY lease_until LIMIT ${MOST} FOR UPDATE SKIP LOCKED
), forgotten AS (
  SELECT r.tenant_id, r.id
  FROM lined l
  CROSS JOIN installation i
  LEFT JOIN tenant_limit t ON t.tenant_id = l.tenant_id
  LEFT JOIN active a ON a.tenant_id = l.tenant_id
  CROSS JOIN LATERAL (
    SELECT tenant_id, id FROM run
    WHERE tenant_id = l.tenant_id AND status = 'queued'
      AND (notified_at IS NULL OR notified_at < now() - $2 * interval '1 ms')
      AND NOT EXISTS (SELECT FROM workflow w
        WHERE w.tenant_id = run.tenant_id AND w.id = run.workflow_id AND w.paused_at IS NOT NULL)
    ORDER BY created_at
    LIMIT least(${MOST_IN_LINE}, greatest(0, coalesce(t.concurrent_runs, i.concurrent_runs) - coalesce(a.runs, 0)))
    FOR UPDATE SKIP LOCKED
  ) r
  WHERE i.paused_at IS NULL AND t.paused_at IS NULL AND t.suspended_at IS NULL
), due AS (
  SELECT tenant_id, id FROM run
  WHERE wake_at <= now() AND finished_at IS NULL AND (notified_at IS NULL OR notified_at < greatest(wake_at, now() - $1 * interval '1 ms'))
    AND EXISTS (SELECT FROM installation i LEFT JOIN tenant_limit t ON t.tenant_id = run.tenant_id
      LEFT JOIN active a ON a.tenant_id = run.tenant_id
      WHERE i.paused_at IS NULL AND t.paused_at IS NULL AND t.suspended_at IS NULL
        AND coalesce(a.runs, 0) < coalesce(t.concurrent_runs, i.concurrent_runs))
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

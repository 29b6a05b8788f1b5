import type pg from 'pg'

const MOST = 1_000
const KEPT_HOURS = 24

// Only keys that callers chose: those of schedules, events and polls keep their runs the only ones for good.
const FORGET = `
UPDATE run SET dedupe_key = NULL, dedupe_hash = NULL
FROM (
  SELECT tenant_id, id FROM run
  WHERE dedupe_hash IS NOT NULL AND created_at < now() - ${KEPT_HOURS} * interval '1 hour'
  ORDER BY created_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED
) old
WHERE run.tenant_id = old.tenant_id AND run.id = old.id`

/** Frees the `Idempotency-Key`s of callers a day after they came. */
export async function forgetKeys(pool: pg.Pool): Promise<void> {
  for (let freed: number = MOST; freed === MOST; ) freed = (await pool.query(FORGET)).rowCount ?? 0
}

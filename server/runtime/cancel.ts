import type pg from 'pg'
import type { Bus } from './bus.ts'
import type { RunRef } from './new-run.ts'

/** Asks a run to end. True when it had not ended yet; whoever holds it, or takes it next, ends it. */
export async function cancel(
  { pool, bus }: { pool: pg.Pool; bus: Bus },
  { tenantId, runId, reason }: RunRef & { reason: string },
): Promise<{ asked: boolean; held: boolean }> {
  const { rows } = await pool.query<{ held: boolean }>(
    // It is woken: what waits, though it knows that it is to end, undoes what it did.
    `UPDATE run SET cancel_reason = coalesce(cancel_reason, $3),
       wake_at = least(wake_at, date_trunc('milliseconds', now()))
     WHERE tenant_id = $1 AND id = $2 AND finished_at IS NULL
     RETURNING lease_until IS NOT NULL AS held`,
    [tenantId, runId, reason],
  )
  const row = rows[0]
  if (row?.held) bus.publish([{ kind: 'cancel', tenantId, runId }])
  return { asked: row !== undefined, held: row?.held ?? false }
}

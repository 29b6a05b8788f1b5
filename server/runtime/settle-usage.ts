import type pg from 'pg'
import { inTransaction } from './transaction.ts'

/** A run’s end is written with the clock of its statement and seen at its commit: so much later it is seen for certain. */
const LATE_MS = 10_000

const COUNT = `
INSERT INTO usage_day (tenant_id, day, runs, succeeded, failed, cancelled, run_ms, input_tokens, output_tokens, cost_usd)
SELECT tenant_id, (finished_at AT TIME ZONE 'utc')::date, count(*),
  count(*) FILTER (WHERE status = 'succeeded'), count(*) FILTER (WHERE status = 'failed'),
  count(*) FILTER (WHERE status = 'cancelled'),
  coalesce(sum(extract(epoch FROM finished_at - started_at) * 1000), 0)::bigint,
  sum(input_tokens), sum(output_tokens), sum(cost_usd)
FROM run WHERE finished_at > $1 AND finished_at <= $2
GROUP BY 1, 2
ON CONFLICT (tenant_id, day) DO UPDATE SET
  runs = usage_day.runs + excluded.runs, succeeded = usage_day.succeeded + excluded.succeeded,
  failed = usage_day.failed + excluded.failed, cancelled = usage_day.cancelled + excluded.cancelled,
  run_ms = usage_day.run_ms + excluded.run_ms, input_tokens = usage_day.input_tokens + excluded.input_tokens,
  output_tokens = usage_day.output_tokens + excluded.output_tokens, cost_usd = usage_day.cost_usd + excluded.cost_usd`

/**
 * Adds the runs that ended since the last time to what their tenants used, each once: how far it came is one
 * transaction with the sums, and one process does it at a time. Deleting a run later takes nothing back.
 */
export async function countUsage(
  pool: pg.Pool,
  { lateMs = LATE_MS }: { lateMs?: number } = {},
): Promise<void> {
  await inTransaction(pool, async (db) => {
    // As text: a Date would round to milliseconds, and a run between two roundings be counted twice or never.
    const { rows } = await db.query<{ from: string; until: string }>(
      `SELECT usage_until::text AS "from", (date_trunc('milliseconds', now()) - $1 * interval '1 ms')::text AS until
       FROM installation WHERE usage_until < now() - $1 * interval '1 ms' FOR UPDATE SKIP LOCKED`,
      [lateMs],
    )
    const period = rows[0]
    if (!period) return
    await db.query(COUNT, [period.from, period.until])
    await db.query('UPDATE installation SET usage_until = $1', [period.until])
  })
}

/** What the tenant’s model calls cost in this month (UTC) so far, with those of runs that go on. */
export async function monthCostUsd(pool: pg.Pool, tenantId: string): Promise<number> {
  const { rows } = await pool.query<{ cost: number }>(
    `SELECT (
       (SELECT coalesce(sum(cost_usd), 0) FROM usage_day
        WHERE tenant_id = $1 AND day >= date_trunc('month', now() AT TIME ZONE 'utc'))
       + (SELECT coalesce(sum(cost_usd), 0) FROM run WHERE tenant_id = $1 AND finished_at IS NULL AND cost_usd > 0)
       + (SELECT coalesce(sum(cost_usd), 0) FROM run, installation i
          WHERE tenant_id = $1 AND finished_at > i.usage_until)
     )::float8 AS cost`,
    [tenantId],
  )
  return rows[0]?.cost ?? 0
}

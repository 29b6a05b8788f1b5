import type pg from 'pg'
import type { EffectiveLimits } from './limits.ts'

/** What of a tenant's runs decides whether one more is let in. */
export interface RunCounts {
  /** Accepted in the last minute, and in line. */
  recent: number
  queued: number
  /** Of those in line: waiting for their turn under the rate. */
  delayed: number
  today: Today
}

/** How many were accepted since midnight (UTC): what is settled is not counted again. */
export interface Today {
  count: number
  /** Of those: accepted before `until`, when nothing could be added to them any more. */
  settled: number
  until: Date
  midnight: Date
}

export const noDay: Today = { count: 0, settled: 0, until: new Date(0), midnight: new Date(0) }

interface Row {
  recent: number
  queued: number
  delayed: number
  settled: number
  fresh: number
  until: Date
  midnight: Date
}

// No row more is looked at than decides. A write that takes longer than ten seconds is not counted by day.
const COUNT = `
WITH clock AS (
  SELECT now() - interval '10 s' AS until, date_trunc('day', now() AT TIME ZONE 'utc') AT TIME ZONE 'utc' AS midnight
), day AS (
  SELECT count(*) FILTER (WHERE at <= until)::int AS settled, count(*) FILTER (WHERE at > until)::int AS fresh
  FROM clock CROSS JOIN LATERAL (
    SELECT created_at AS at FROM run
    WHERE $4::int IS NOT NULL AND tenant_id = $1 AND created_at >= midnight AND created_at > $5::timestamptz
    ORDER BY created_at LIMIT $4::int) r
)
SELECT day.*, clock.*,
  (SELECT count(*)::int FROM (SELECT FROM run WHERE tenant_id = $1
    AND created_at > now() - interval '1 minute' LIMIT $2) r) AS recent,
  (SELECT count(*)::int FROM (SELECT FROM run WHERE tenant_id = $1 AND status = 'queued' LIMIT $3) r) AS queued,
  (SELECT count(*)::int FROM (SELECT FROM run WHERE tenant_id = $1 AND wake_at > now() AND finished_at IS NULL
    AND status = 'queued' LIMIT $3) r) AS delayed
FROM clock CROSS JOIN day`

/** Counts a tenant's runs as far as its limits ask for; `before` is what was counted of its day last time. */
export async function countRuns(
  pool: pg.Pool,
  { tenantId, limits, before }: { tenantId: string; limits: EffectiveLimits; before: Today },
): Promise<RunCounts> {
  const { rows } = await pool.query<Row>(COUNT, [
    tenantId,
    limits.runsPerMinute + 1,
    limits.queuedRuns + 1,
    limits.dailyRuns === null ? null : Math.max(1, limits.dailyRuns - before.settled + 1),
    before.until,
  ])
  const row = rows[0]
  if (!row) throw new Error('A count gave no row')
  const { recent, queued, delayed, until, midnight } = row
  const isSameDay = before.midnight.getTime() === midnight.getTime()
  const settled = row.settled + (isSameDay ? before.settled : 0)
  return { recent, queued, delayed, today: { count: settled + row.fresh, settled, until, midnight } }
}

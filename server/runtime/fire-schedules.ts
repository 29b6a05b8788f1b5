import type pg from 'pg'
import { insertRuns } from './accept.ts'
import { type Due, dueTimes, type MissedPolicy } from './due-times.ts'
import type { Log } from './log.ts'
import type { NewRun, RunRef } from './new-run.ts'
import { raiseMissed } from './settle-alerts.ts'
import { inTransaction } from './transaction.ts'
import { withSettingsAnyway } from './with-settings.ts'

const MOST = 100

interface Row {
  tenant_id: string
  id: string
  workflow_id: string
  version: number
  node_key: string
  cron: string
  zone: string
  missed: MissedPolicy
  window_minutes: number
  next_at: Date
  now: Date
}

interface Fired {
  row: Row
  due: Due
}

// The database's clock: a scheduler whose own is wrong fires nothing early.
const DUE = `
SELECT tenant_id, id, workflow_id, version, node_key, cron, zone, missed, window_minutes, next_at, now() AS now
FROM schedule WHERE next_at <= now()
  AND NOT EXISTS (SELECT FROM tenant_limit t WHERE t.tenant_id = schedule.tenant_id AND t.suspended_at IS NOT NULL)
ORDER BY next_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED`

/**
 * Starts the runs of the schedules whose time has come, and records the times at which none starts. All of it and the
 * schedule's next time are one transaction, and a run's dedupe key is the schedule and its nominal time: any number of
 * copies, one run for each time.
 */
export async function fireSchedules(pool: pg.Pool, { log }: { log: Log }): Promise<RunRef[]> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<Row>(DUE)
    if (rows.length === 0) return []
    const fired = rows.map((row) => ({ row, due: read(row, log) }))
    await setNext(db, fired)
    await recordMisses(db, fired)
    const runs = fired.flatMap(({ row, due }) => due.runs.map((time) => runOf(row, time)))
    const set = await Promise.all(runs.map((run) => withSettingsAnyway(pool, run)))
    const accepted = set.length > 0 ? await insertRuns(db, set) : []
    return runs.flatMap(({ tenantId }, at) => {
      const one = accepted[at]
      return one?.fresh ? [{ tenantId, runId: one.runId }] : []
    })
  })
}

function read(row: Row, log: Log): Due {
  const { next_at: nextAt, now, missed, window_minutes } = row
  try {
    return dueTimes(row, { nextAt, now, missed, windowMs: window_minutes * 60_000 })
  } catch (error) {
    // Checked when it was published; one that cannot be read any more must not stop the others.
    log.error({ error, tenantId: row.tenant_id, scheduleId: row.id }, 'A schedule cannot be read')
    return { runs: [], misses: [{ at: nextAt, until: nextAt, times: 1, reason: 'skipped' }], nextAt: null }
  }
}

function runOf(row: Row, time: Date): NewRun {
  const scheduledFor = time.toISOString()
  return {
    tenantId: row.tenant_id,
    workflowId: row.workflow_id,
    version: row.version,
    triggerKey: row.node_key,
    startedBy: 'schedule',
    input: { scheduledFor, zone: row.zone },
    // The trigger's name, not the row's: publishing makes new rows, and must not repeat a time.
    dedupeKey: `schedule:${row.node_key}:${scheduledFor}`,
  }
}

async function setNext(db: pg.PoolClient, fired: readonly Fired[]) {
  await db.query(
    `UPDATE schedule s SET next_at = g.next_at
     FROM unnest($1::text[], $2::uuid[], $3::timestamptz[]) AS g(tenant_id, id, next_at)
     WHERE s.tenant_id = g.tenant_id AND s.id = g.id`,
    [
      fired.map(({ row }) => row.tenant_id),
      fired.map(({ row }) => row.id),
      fired.map(({ due }) => due.nextAt),
    ],
  )
}

const RECORD = `
INSERT INTO schedule_miss (tenant_id, workflow_id, node_key, at, until, times, reason)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::int[], $7::text[])
ON CONFLICT DO NOTHING`

async function recordMisses(db: pg.PoolClient, fired: readonly Fired[]) {
  const missed = fired.flatMap(({ row, due }) => due.misses.map((miss) => ({ row, miss })))
  if (missed.length === 0) return
  await db.query(RECORD, [
    missed.map(({ row }) => row.tenant_id),
    missed.map(({ row }) => row.workflow_id),
    missed.map(({ row }) => row.node_key),
    missed.map(({ miss }) => miss.at),
    missed.map(({ miss }) => miss.until),
    missed.map(({ miss }) => miss.times),
    missed.map(({ miss }) => miss.reason),
  ])
  for (const { row, miss } of missed)
    await raiseMissed(db, {
      tenantId: row.tenant_id,
      workflowId: row.workflow_id,
      at: miss.at,
      why: 'nothing was there to start it',
    })
}

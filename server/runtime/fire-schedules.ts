import type pg from 'pg'
import { insertRuns } from './accept.ts'
import type { Log } from './log.ts'
import type { NewRun, RunRef } from './new-run.ts'
import { lastTime, nextTimes } from './next-times.ts'
import { raiseMissed } from './settle-alerts.ts'

const MOST = 100
/** A time that passed this long ago counts as missed. */
const MISSED_MS = 60_000

interface Row {
  tenant_id: string
  id: string
  workflow_id: string
  version: number
  node_key: string
  cron: string
  zone: string
  missed: 'skip' | 'latest'
  next_at: Date
  now: Date
}

/**
 * Starts the runs of the schedules whose time has come. The run and the schedule's next time are one transaction,
 * and the run's dedupe key is the schedule and its nominal time: any number of copies, one run for each time.
 */
export async function fireSchedules(pool: pg.Pool, { log }: { log: Log }): Promise<RunRef[]> {
  const db = await pool.connect()
  try {
    await db.query('BEGIN')
    const { rows } = await db.query<Row>(
      `SELECT tenant_id, id, workflow_id, version, node_key, cron, zone, missed, next_at, now() AS now
       FROM schedule WHERE next_at <= now()
         AND NOT EXISTS (SELECT FROM tenant_limit t WHERE t.tenant_id = schedule.tenant_id AND t.suspended_at IS NOT NULL)
       ORDER BY next_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED`,
    )
    const fired = rows.map((row) => fire(row, log))
    await setNext(db, fired)
    const runs = fired.flatMap(({ run }) => (run ? [run] : []))
    const accepted = runs.length > 0 ? await insertRuns(db, runs) : []
    for (const { row, missedAt } of fired)
      if (missedAt)
        await raiseMissed(db, {
          tenantId: row.tenant_id,
          workflowId: row.workflow_id,
          at: missedAt,
          why: 'nothing was there to start it',
        })
    await db.query('COMMIT')
    db.release()
    return runs.flatMap(({ tenantId }, at) => {
      const one = accepted[at]
      return one?.fresh ? [{ tenantId, runId: one.runId }] : []
    })
  } catch (error) {
    db.release(true)
    throw error
  }
}

interface Fired {
  row: Row
  nextAt: Date | null
  run: NewRun | null
  /** A time that nothing ran at. */
  missedAt: Date | null
}

function fire(row: Row, log: Log): Fired {
  try {
    const latest = latestOf(row)
    const isLate = row.now.getTime() - latest.getTime() > MISSED_MS
    const [nextAt = null] = nextTimes(row, { after: row.now, count: 1 })
    const isSkipped = isLate && row.missed === 'skip'
    const hasMissed = isSkipped || latest > row.next_at
    if (hasMissed)
      log.warn(
        { tenantId: row.tenant_id, scheduleId: row.id, from: row.next_at, to: latest, missed: row.missed },
        isSkipped ? 'Times of a schedule were skipped' : 'Times of a schedule before the latest were skipped',
      )
    return {
      row,
      nextAt,
      run: isSkipped ? null : runOf(row, latest),
      missedAt: hasMissed ? row.next_at : null,
    }
  } catch (error) {
    // Checked when it was published; one that cannot be read any more must not stop the others.
    log.error({ error, tenantId: row.tenant_id, scheduleId: row.id }, 'A schedule cannot be read')
    return { row, nextAt: null, run: null, missedAt: row.next_at }
  }
}

/** The last of the times that have passed: the one it was waiting for, unless more were missed. */
function latestOf(row: Row): Date {
  const last = lastTime(row, { before: row.now })
  return last && last > row.next_at ? last : row.next_at
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
    dedupeKey: `schedule ${row.id} ${scheduledFor}`,
  }
}

async function setNext(db: pg.PoolClient, fired: readonly Fired[]) {
  if (fired.length === 0) return
  await db.query(
    `UPDATE schedule s SET next_at = g.next_at
     FROM unnest($1::text[], $2::uuid[], $3::timestamptz[]) AS g(tenant_id, id, next_at)
     WHERE s.tenant_id = g.tenant_id AND s.id = g.id`,
    [
      fired.map(({ row }) => row.tenant_id),
      fired.map(({ row }) => row.id),
      fired.map(({ nextAt }) => nextAt),
    ],
  )
}

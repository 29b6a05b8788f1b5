import type pg from 'pg'
import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { decodeJson } from '#server/db/json.ts'
import type { Bus } from './bus.ts'
import type { Log } from './log.ts'
import type { RunRef } from './new-run.ts'
import { StoredFailure } from './result.ts'
import { raiseFailure, raiseRates } from './settle-alerts.ts'
import { createErrorTriggers, startErrorRuns } from './settle-errors.ts'
import { answerParent } from './tasks.ts'

const MOST = 100
/** What ends together is settled together. */
const GATHER_MS = 30
/** Rates are looked at so often while runs of a tenant fail. */
const RATES_MS = 5_000

interface Row {
  tenant_id: string
  id: string
  workflow_id: string
  version: number | null
  status: 'succeeded' | 'failed' | 'cancelled'
  started_by: string
  parent_task_id: string | null
  output: unknown
  failure: unknown
}

const UNSETTLED = `
SELECT tenant_id, id, workflow_id, version, status, started_by, parent_task_id, output, failure
FROM run WHERE finished_at IS NOT NULL AND settled_at IS NULL ORDER BY finished_at LIMIT ${MOST}`

const HOLD = `SELECT FROM run WHERE tenant_id = $1 AND id = $2 AND settled_at IS NULL FOR UPDATE SKIP LOCKED`
const NAME = 'SELECT name FROM workflow WHERE tenant_id = $1 AND id = $2'
const SETTLED = 'UPDATE run SET settled_at = now() WHERE tenant_id = $1 AND id = $2'

export interface SettleParts {
  pool: pg.Pool
  bus: Bus
  wake: (runs: readonly RunRef[]) => Promise<void>
  log: Log
}

/** Does what follows from the end of a run, once: its caller is answered, error workflows start, alerts are raised. */
export function createSettling(parts: SettleParts) {
  const { pool, bus, log } = parts
  const errorTriggers = createErrorTriggers(pool)
  /** Tenants whose runs failed since their rates were looked at, and when those were. */
  const failing = new Set<string>()
  const lookedAt = new Map<string, number>()
  let going: Promise<void> | undefined
  let again = false
  let timer: NodeJS.Timeout | undefined

  async function all() {
    do {
      again = false
      const { rows } = await pool.query<Row>(UNSETTLED)
      for (const row of rows) await settle(row)
      if (rows.length === MOST) again = true
    } while (again)
    await lookAtRates()
  }

  async function settle(row: Row) {
    try {
      if (row.parent_task_id !== null) await answer(row, row.parent_task_id)
      await parts.wake(await follow(row))
    } catch (error) {
      // It stays as it is, and is tried again in the next round.
      log.warn({ error, tenantId: row.tenant_id, runId: row.id }, 'A run could not be settled')
    }
  }

  async function answer(row: Row, parentTaskId: string) {
    const failure = row.failure === null ? null : StoredFailure.parse(decodeJson(row.failure))
    const output = row.output === null ? null : Json.parse(decodeJson(row.output))
    const { tenant_id: tenantId, id: runId, status } = row
    await answerParent(parts, { tenantId, runId, parentTaskId, status, output, failure })
  }

  /** All in one transaction with the mark that it is done. */
  async function follow(row: Row): Promise<RunRef[]> {
    const { tenant_id: tenantId, id: runId } = row
    // A draft’s run is somebody’s try; a called one’s failure is its caller’s to deal with.
    const isNews = row.status === 'failed' && row.version !== null && row.parent_task_id === null
    const triggers = isNews ? await errorTriggers(tenantId) : []
    const db = await pool.connect()
    try {
      await db.query('BEGIN')
      await db.query(`SELECT set_config('app.tenant', $1, true)`, [tenantId])
      const { rowCount } = await db.query(HOLD, [tenantId, runId])
      const started: RunRef[] = []
      if (rowCount) {
        if (isNews) {
          const failed = await failedRun(db, row)
          started.push(
            ...(await startErrorRuns(db, { ...failed, pool, startedBy: row.started_by, triggers })),
          )
          await raiseFailure(db, failed)
        }
        await db.query(SETTLED, [tenantId, runId])
      }
      await db.query('COMMIT')
      db.release()
      if (isNews) failing.add(tenantId)
      return started
    } catch (error) {
      db.release(true)
      throw error
    }
  }

  async function lookAtRates() {
    const now = performance.now()
    for (const [tenantId, at] of lookedAt) if (now - at > RATES_MS) lookedAt.delete(tenantId)
    for (const tenantId of failing) {
      if (lookedAt.has(tenantId)) continue
      failing.delete(tenantId)
      lookedAt.set(tenantId, now)
      await raiseRates(pool, tenantId)
    }
  }

  function round(): Promise<void> {
    again = true
    going ??= all().finally(() => {
      going = undefined
    })
    return going
  }

  /** Soon, without waiting for the round. */
  function soon() {
    timer ??= setTimeout(() => {
      timer = undefined
      round().catch((error) => log.debug({ error }, 'Settling waits for the next round'))
    }, GATHER_MS)
  }

  const unsubscribe = bus.subscribe((notice) => {
    if (notice.kind === 'run' && notice.unsettled) soon()
  })

  return {
    round,
    async stop() {
      unsubscribe()
      clearTimeout(timer)
      await going?.catch(() => undefined)
    },
  }
}

const Failure = z.object({ code: z.string(), message: z.string(), step: z.string().nullish() })

async function failedRun(db: pg.PoolClient, row: Row) {
  const { tenant_id: tenantId, id: runId, workflow_id: workflowId } = row
  const { rows } = await db.query<{ name: string }>(NAME, [tenantId, workflowId])
  const parsed = Failure.safeParse(row.failure === null ? null : decodeJson(row.failure))
  const { code, message, step } = parsed.data ?? { code: 'unexpected', message: 'It failed', step: null }
  return {
    tenantId,
    runId,
    workflow: { id: workflowId, name: rows[0]?.name ?? '' },
    failure: { code, message, step: step ?? null },
  }
}

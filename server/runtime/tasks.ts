import type pg from 'pg'
import type { Json } from '#nodes/kit/json.ts'
import { encodeJson } from '#server/db/json.ts'
import type { Bus } from './bus.ts'
import type { RunRef, RunResult } from './new-run.ts'

/** Answers what a run asks. Whoever comes first: `closed` for all others. */
export interface TaskAnswer {
  tenantId: string
  taskId: string
  answer: Json
  /** The member or API key; null for somebody outside. */
  by: string | null
}

export interface TaskParts {
  pool: pg.Pool
  bus: Bus
  /** Has the run go on, if nobody holds it. */
  wake: (runs: readonly RunRef[]) => Promise<void>
}

const MOST = 500

// The run is locked before the task, as the journal does it. Rounded down: the column would round up, to a moment that
// whoever looks at once finds still ahead. `wake_at` survives the run's being let go meanwhile.
const LOCK_RUN = `
UPDATE run SET wake_at = least(wake_at, date_trunc('milliseconds', now()))
WHERE tenant_id = $1 AND id = (SELECT run_id FROM task WHERE tenant_id = $1 AND id = $2) AND finished_at IS NULL
RETURNING id`
const ANSWER = `
UPDATE task SET status = 'answered', answer = $3::json, answered_by = $4, answered_at = now()
WHERE tenant_id = $1 AND id = $2 AND status = 'open' AND (deadline_at IS NULL OR deadline_at > now())`

export async function answerTask(
  { pool, bus, wake }: TaskParts,
  { tenantId, taskId, answer, by }: TaskAnswer,
): Promise<'answered' | 'closed'> {
  const runId = await inTransaction(pool, async (db) => {
    const run = await db.query<{ id: string }>(LOCK_RUN, [tenantId, taskId])
    const task = await db.query(ANSWER, [tenantId, taskId, encodeJson(answer), by])
    return task.rowCount === 1 ? (run.rows[0]?.id ?? null) : null
  })
  if (runId === null) return 'closed'
  await goOn({ bus, wake }, [{ tenantId, runId }])
  return 'answered'
}

/** How a run that was called has ended. */
export interface ChildEnd extends RunRef {
  /** The task of the run that called it. */
  parentTaskId: string
  status: 'succeeded' | 'failed' | 'cancelled'
  output: Json
  failure: RunResult['failure'] | null
}

/** Tells the run that called it how it ended. Doing it twice changes nothing; nobody may be waiting any more. */
export async function answerParent(parts: TaskParts, child: ChildEnd): Promise<void> {
  const { tenantId, parentTaskId: taskId } = child
  await answerTask(parts, { tenantId, taskId, answer: outcomeOf(child), by: null })
}

function outcomeOf({ status, runId, output, failure }: ChildEnd): Json {
  if (status === 'succeeded') return { status, runId, output }
  if (status === 'cancelled') return { status, runId, code: 'cancelled', message: 'The run was cancelled.' }
  const { code = 'unexpected', message = 'It failed.' } = failure ?? {}
  return { status, runId, code, message }
}

// A row that somebody holds is left for the next look.
const EXPIRE = `
WITH due AS (
  SELECT tenant_id, id, run_id FROM task WHERE status = 'open' AND deadline_at <= now()
  ORDER BY deadline_at LIMIT ${MOST}
), runs AS MATERIALIZED (
  SELECT tenant_id, id FROM run WHERE (tenant_id, id) IN (SELECT tenant_id, run_id FROM due)
  ORDER BY id FOR UPDATE SKIP LOCKED
), woken AS (
  UPDATE run SET wake_at = least(wake_at, date_trunc('milliseconds', now())) FROM runs
  WHERE run.tenant_id = runs.tenant_id AND run.id = runs.id AND run.finished_at IS NULL
)
UPDATE task SET status = 'expired', answered_at = now() FROM due JOIN runs ON runs.tenant_id = due.tenant_id AND runs.id = due.run_id
WHERE task.tenant_id = due.tenant_id AND task.id = due.id AND task.status = 'open'
RETURNING task.tenant_id, task.run_id AS id`

// From then on the lesser of both roles may answer.
const ESCALATE = `
WITH due AS (
  SELECT tenant_id, id FROM task WHERE status = 'open' AND escalate_at <= now()
  ORDER BY escalate_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED
)
UPDATE task SET escalate_at = NULL, role = CASE
  WHEN array_position(ARRAY['viewer', 'editor', 'admin', 'owner'], escalate_to)
    < array_position(ARRAY['viewer', 'editor', 'admin', 'owner'], role) THEN escalate_to
  ELSE role END
FROM due WHERE task.tenant_id = due.tenant_id AND task.id = due.id
RETURNING task.tenant_id, task.run_id AS id`

// What was called for a run that needs it no more is cancelled, and with it what that called.
const ORPHANS = `
UPDATE run SET cancel_reason = 'The run that called it has ended.',
  wake_at = least(wake_at, date_trunc('milliseconds', now()))
FROM task
WHERE task.tenant_id = run.tenant_id AND task.id = run.parent_task_id AND task.status = 'cancelled'
  AND run.parent_task_id IS NOT NULL AND run.finished_at IS NULL AND run.cancel_reason IS NULL
RETURNING run.tenant_id, run.id, run.lease_until IS NOT NULL AS held`

interface Found {
  tenant_id: string
  id: string
}

/** Deadlines that passed, escalations that are due, called runs that nobody waits for. Any number of copies. */
export async function sweepTasks({ pool, bus, wake }: TaskParts): Promise<void> {
  const expired = await pool.query<Found>(EXPIRE)
  const escalated = await pool.query<Found>(ESCALATE)
  const orphans = await pool.query<Found & { held: boolean }>(ORPHANS)
  await goOn({ bus, wake }, expired.rows.map(refOf))
  bus.publish(escalated.rows.map((row) => ({ kind: 'task', ...refOf(row) })))
  bus.publish(orphans.rows.filter(({ held }) => held).map((row) => ({ kind: 'cancel', ...refOf(row) })))
  await wake(orphans.rows.filter(({ held }) => !held).map(refOf))
}

const refOf = ({ tenant_id, id }: Found): RunRef => ({ tenantId: tenant_id, runId: id })

/** A worker that holds the run hears the notice; where none does, the wake-up finds one. */
export async function goOn({ bus, wake }: Pick<TaskParts, 'bus' | 'wake'>, runs: readonly RunRef[]) {
  bus.publish(runs.map((run) => ({ kind: 'task', ...run })))
  await wake(runs)
}

async function inTransaction<T>(pool: pg.Pool, work: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  const db = await pool.connect()
  try {
    await db.query('BEGIN')
    const result = await work(db)
    await db.query(result === null ? 'ROLLBACK' : 'COMMIT')
    db.release()
    return result
  } catch (error) {
    db.release(true)
    throw error
  }
}

import type pg from 'pg'
import type { Json } from '#nodes/kit/json.ts'
import { encodeJson } from '#server/db/json.ts'
import { answerTask, goOn, type TaskParts } from './tasks.ts'

/** The same answer to many questions of the same kind: about steps that need attention. */
export interface ManyAnswers {
  tenantId: string
  taskIds: readonly string[]
  answer: Json
  by: string | null
}

// Runs are locked before tasks, as the journal does it, and in one order. One that a worker is writing of just now is
// left out: waiting for it while others are held could come to waiting for each other.
const ANSWER = `
WITH asked AS (
  SELECT id, run_id FROM task
  WHERE tenant_id = $1 AND id = ANY ($2) AND kind = 'attention' AND status = 'open'
), runs AS MATERIALIZED (
  SELECT id FROM run WHERE tenant_id = $1 AND id IN (SELECT run_id FROM asked) AND finished_at IS NULL
  ORDER BY id FOR UPDATE SKIP LOCKED
), woken AS (
  UPDATE run SET wake_at = least(wake_at, now()) FROM runs WHERE run.tenant_id = $1 AND run.id = runs.id
  RETURNING run.id
)
UPDATE task SET status = 'answered', answer = $3::json, answered_by = $4, answered_at = now()
FROM asked JOIN woken ON woken.id = asked.run_id
WHERE task.tenant_id = $1 AND task.id = asked.id AND task.status = 'open'
RETURNING task.run_id`

/** Answers those that are open, in one statement but for the few whose run is being written of; wakes their runs. */
export async function answerMany(parts: TaskParts, { tenantId, taskIds, answer, by }: ManyAnswers) {
  const { rows } = await parts.pool.query<{ run_id: string }>(ANSWER, [
    tenantId,
    taskIds,
    encodeJson(answer),
    by,
  ])
  await goOn(
    parts,
    [...new Set(rows.map(({ run_id }) => run_id))].map((runId) => ({ tenantId, runId })),
  )
  for (const taskId of await openOf(parts.pool, { tenantId, taskIds }))
    await answerTask(parts, { tenantId, taskId, answer, by })
}

async function openOf(pool: pg.Pool, { tenantId, taskIds }: Pick<ManyAnswers, 'tenantId' | 'taskIds'>) {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM task WHERE tenant_id = $1 AND id = ANY ($2) AND kind = 'attention' AND status = 'open'`,
    [tenantId, taskIds],
  )
  return rows.map(({ id }) => id)
}

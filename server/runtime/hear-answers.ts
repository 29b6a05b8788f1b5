import type { Json } from '#nodes/kit/json.ts'
import { decodeJson } from '#server/db/json.ts'
import type { StepId } from '#server/engine/history.ts'
import { stepState } from '#server/engine/state.ts'
import { AppError } from '#server/errors.ts'
import type { HeldRun } from './held-run.ts'
import { CallRequest, type QuestionParts } from './questions.ts'
import { isRefusal } from './refusal.ts'

interface Row {
  id: string
  step: string
  name: string
  kind: string
  status: 'open' | 'answered' | 'expired'
  request: unknown
  answer: unknown
  answered_by: string | null
  answered_at: Date | null
  child: string | null
}

// What says that something came in is cleared first: what comes in after the look says so again.
const CLEAR = `
UPDATE run SET wake_at = NULL
WHERE tenant_id = $1 AND id = $2 AND lease_token = $3 AND lease_owner IS NOT NULL AND wake_at IS NOT NULL
  AND cancel_reason IS NULL`

const READ = `
SELECT t.id, t.step, t.name, t.kind, t.status, t.answer, t.answered_by, t.answered_at, c.id AS child,
  CASE WHEN t.kind = 'call' AND t.status = 'open' AND c.id IS NULL THEN t.request END AS request
FROM task t
LEFT JOIN run c ON c.tenant_id = t.tenant_id AND c.parent_run_id = t.run_id AND c.parent_task_id = t.id
WHERE t.tenant_id = $1 AND t.id = ANY ($2) AND (t.status IN ('answered', 'expired') OR t.kind = 'call')`

/** Puts the answers that have come in into the history, and starts what a step called. */
export async function hearAnswers(held: HeldRun, parts: QuestionParts): Promise<void> {
  const { tenantId, runId, token } = held.run
  const { pool } = parts.door
  const asked = [...held.state.asked.values()].flatMap((asks) => asks.map(({ task }) => task))
  await pool.query(CLEAR, [tenantId, runId, token])
  const { rows } = await pool.query<Row>(READ, [tenantId, asked])
  for (const row of rows) {
    if (row.status === 'open') await startCalled(held, { row, parts })
    else record(held, row, answerOf(row))
  }
}

/** The task is kept first, so that the one called always finds whom to tell; its id is the key, so that it starts once. */
async function startCalled(held: HeldRun, { row, parts }: { row: Row; parts: QuestionParts }) {
  if (row.child !== null) return
  const { workflowId, version, trigger, input } = CallRequest.parse(decodeJson(row.request))
  const { tenantId, runId, depth, deadlineAt = null } = held.run
  const parent = { runId, task: row.id, depth: depth + 1, deadlineAt }
  const run = { tenantId, workflowId, version, triggerKey: trigger, input, parent }
  try {
    await parts.accept({ ...run, startedBy: 'call', dedupeKey: `call:${row.id}` })
  } catch (error) {
    const why = whyRefused(error)
    if (!why) throw error
    const outcome = { status: 'failed', runId: '', ...why }
    record(held, row, { status: 'answered', value: outcome, by: null, atMs: Math.round(held.now()) })
    held.ask({ closes: [row.id] })
  }
}

/** Why it will never start; null where that may pass. */
function whyRefused(error: unknown): { code: string; message: string } | null {
  // It was deleted since the step looked.
  if (isRefusal(error)) return { code: 'workflow_missing', message: 'It was deleted.' }
  if (!(error instanceof AppError) || error.code === 'limit_reached') return null
  return { code: 'call_refused', message: `${error.message}.` }
}

function record(held: HeldRun, { step, name }: { step: StepId; name: string }, output: Json) {
  const past = stepState(held.state, step)
  if (past?.status !== 'suspended' && past?.status !== 'started' && past?.status !== 'interrupted') return
  if (past.records?.get(name)?.status === 'done') return
  held.append({ type: 'substep.finished', step, attempt: past.attempt, name, output })
}

function answerOf(row: Row): Json {
  if (row.status === 'answered') {
    const { answered_by: by, answered_at: at } = row
    return { status: 'answered', value: decodeJson(row.answer), by, atMs: at?.getTime() ?? 0 }
  }
  if (row.kind !== 'call') return { status: 'expired' }
  return { status: 'answered', value: { status: 'expired', runId: row.child ?? '' }, by: null, atMs: 0 }
}

import type pg from 'pg'
import type { Json } from '#nodes/kit/json.ts'
import { encodeJson } from '#server/db/json.ts'
import type { RunEvent } from '#server/engine/history.ts'
import type { UsageTotal } from '#server/engine/sub-steps.ts'
import { failureKey } from './failure-key.ts'
import type { RunRef, RunResult } from './new-run.ts'
import type { NewTask } from './new-task.ts'

/** Some events of one run, and what becomes of the run with them. */
export interface Line {
  run: RunRef & { token: number }
  workflowId: string
  events: readonly { seq: number; at: number; event: RunEvent; text: string }[]
  /** Questions to keep, and tasks nobody needs answered any more. */
  tasks: readonly NewTask[]
  closes: readonly string[]
  /** Of the whole run so far. */
  used: UsageTotal
  change?: Change
}

/** A change lets go of the run: it waits, goes back in line, or has ended. */
export type Change =
  | { status: 'waiting'; wakeAtMs: number | null }
  | { status: 'queued' }
  | { status: 'succeeded' | 'failed' | 'cancelled'; output: Json; failure?: RunResult['failure'] }

// One statement, so one commit: the fence, the run's own row, the events and the tasks. A run whose token is stale, or
// which was let go, is not in `held`, and nothing of it is written. An answer that came in while the run was held has
// set `wake_at`: it stays, so that the run is woken at once. What ends well and was not called has nothing to settle.
const WRITE = `
WITH given AS (
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::int[], $5::text[], $6::text[], $7::text[], $8::float8[],
    $18::text[], $19::float8[], $20::bigint[], $21::bigint[])
    AS g(tenant_id, id, token, last_seq, status, output, failure, wake_ms, failure_key, cost, input_tokens, output_tokens)
), held AS (
  UPDATE run SET
    last_seq = greatest(run.last_seq, g.last_seq),
    status = coalesce(g.status, run.status),
    output = g.output::json,
    failure = g.failure::json,
    failure_key = g.failure_key,
    cost_usd = g.cost,
    input_tokens = g.input_tokens,
    output_tokens = g.output_tokens,
    wake_at = CASE coalesce(g.status, 'held')
      WHEN 'held' THEN run.wake_at
      WHEN 'waiting' THEN least(run.wake_at, to_timestamp(g.wake_ms / 1000))
    END,
    lease_owner = CASE WHEN g.status IS NULL THEN run.lease_owner END,
    lease_until = CASE WHEN g.status IS NULL THEN run.lease_until END,
    finished_at = CASE WHEN g.status IN ('succeeded', 'failed', 'cancelled') THEN clock_timestamp() END,
    settled_at = CASE WHEN g.status = 'succeeded' AND run.parent_task_id IS NULL THEN clock_timestamp() END
  FROM given g
  WHERE run.tenant_id = g.tenant_id AND run.id = g.id AND run.lease_token = g.token AND run.lease_owner = $9
  RETURNING run.tenant_id, run.id, run.finished_at IS NOT NULL AS over
), written AS (
  INSERT INTO run_event (tenant_id, run_id, seq, type, step, attempt, data, at)
  SELECT e.tenant_id, e.run_id, e.seq, e.type, e.step, e.attempt, e.data::json, to_timestamp(e.at_ms / 1000)
  FROM unnest($10::text[], $11::uuid[], $12::int[], $13::text[], $14::text[], $15::int[], $16::text[], $17::float8[])
    AS e(tenant_id, run_id, seq, type, step, attempt, data, at_ms)
  JOIN held ON held.tenant_id = e.tenant_id AND held.id = e.run_id
  -- The same events again, after a commit whose answer was lost: the token says that they are ours.
  ON CONFLICT (tenant_id, run_id, seq) DO NOTHING
), asked AS (
  INSERT INTO task (tenant_id, run_id, id, step, name, kind, title, request, role, deadline_at, escalate_at, escalate_to,
    status)
  SELECT held.tenant_id, t.run_id, t.id, t.step, t.name, t.kind, t.title, t.request::json, t.role,
    to_timestamp(t.deadline_ms / 1000), to_timestamp(t.escalate_ms / 1000), t.escalate_to,
    CASE WHEN held.over THEN 'cancelled' ELSE 'open' END
  FROM unnest($22::uuid[], $23::uuid[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[], $29::text[],
    $30::float8[], $31::float8[], $32::text[])
    AS t(run_id, id, step, name, kind, title, request, role, deadline_ms, escalate_ms, escalate_to)
  JOIN held ON held.id = t.run_id
  -- Asked again, on the way to another question: it is kept as it was asked first.
  ON CONFLICT (tenant_id, id) DO NOTHING
), closed AS (
  UPDATE task SET status = 'cancelled' FROM held
  WHERE task.tenant_id = held.tenant_id AND task.run_id = held.id AND task.status = 'open'
    AND (held.over OR task.id = ANY ($33::uuid[]))
)
SELECT id FROM held`

/** Writes a batch in one commit and names the runs that were still this worker's. */
export async function writeLines(
  pool: pg.Pool,
  { batch, worker }: { batch: readonly Line[]; worker: string },
): Promise<Set<string>> {
  const runs = latestOf(batch)
  const events = batch.flatMap(({ run, events }) => events.map((one) => ({ ...one, run })))
  const tasks = batch.flatMap(({ run, tasks }) => tasks.map((one) => ({ ...one, run })))
  const ended = ({ change }: Line) => (change && 'output' in change ? change : undefined)
  const { rows } = await pool.query<{ id: string }>(WRITE, [
    runs.map(({ run }) => run.tenantId),
    runs.map(({ run }) => run.runId),
    runs.map(({ run }) => run.token),
    runs.map(({ events }) => events.at(-1)?.seq ?? 0),
    runs.map(({ change }) => change?.status ?? null),
    runs.map((line) => outputText(ended(line))),
    runs.map((line) => failureText(ended(line))),
    runs.map(({ change }) => (change?.status === 'waiting' ? change.wakeAtMs : null)),
    worker,
    events.map(({ run }) => run.tenantId),
    events.map(({ run }) => run.runId),
    events.map(({ seq }) => seq),
    events.map(({ event }) => event.type),
    events.map(({ event }) => ('step' in event ? event.step : null)),
    events.map(({ event }) => ('attempt' in event ? event.attempt : null)),
    events.map(({ text }) => text),
    events.map(({ at }) => at),
    runs.map((line) => keyOf(line, ended(line))),
    runs.map(({ used }) => used.costUsd),
    runs.map(({ used }) => used.inputTokens),
    runs.map(({ used }) => used.outputTokens),
    tasks.map(({ run }) => run.runId),
    tasks.map(({ id }) => id),
    tasks.map(({ step }) => step),
    tasks.map(({ name }) => name),
    tasks.map(({ kind }) => kind),
    tasks.map(({ title }) => title),
    tasks.map(({ request }) => request),
    tasks.map(({ role }) => role),
    tasks.map(({ deadlineMs }) => deadlineMs),
    tasks.map(({ escalateMs }) => escalateMs),
    tasks.map(({ escalateTo }) => escalateTo),
    batch.flatMap(({ closes }) => closes),
  ])
  return new Set(rows.map(({ id }) => id))
}

/** One row for each run: its last line says where it is. */
function latestOf(batch: readonly Line[]): Line[] {
  const latest = new Map<string, Line>()
  for (const line of batch) {
    const before = latest.get(line.run.runId)
    const events = line.events.length > 0 ? line.events : (before?.events ?? [])
    latest.set(line.run.runId, { ...line, events, change: line.change ?? before?.change })
  }
  return [...latest.values()]
}

type Ended = Extract<Change, { output: Json }>

const outputText = (end: Ended | undefined) => (end ? encodeJson(end.output) : null)
const failureText = (end: Ended | undefined) => (end?.failure ? encodeJson({ ...end.failure }) : null)
const keyOf = ({ workflowId }: Line, end: Ended | undefined) =>
  end?.failure ? failureKey({ workflowId, failure: end.failure }) : null

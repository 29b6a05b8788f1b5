import type pg from 'pg'
import type { Json } from '#nodes/kit/json.ts'
import { encodeJson } from '#server/db/json.ts'
import type { RunEvent } from '#server/engine/history.ts'
import type { UsageTotal } from '#server/engine/sub-steps.ts'
import { CHUNK, chunksOf } from './event-chunks.ts'
import { failureKey } from './failure-key.ts'
import { jsonRow, jsonRows } from './json-rows.ts'
import type { RunRef, RunResult } from './new-run.ts'
import { CHUNK_SHAPE, chunkRow } from './new-run-row.ts'
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
const HELD = `
held AS (
  UPDATE run SET
    last_seq = greatest(run.last_seq, g.last_seq),
    status = coalesce(g.status, run.status),
    output = CASE WHEN g.status = 'succeeded' THEN coalesce(g.output, 'null') ELSE g.output END,
    failure = g.failure,
    failure_key = g.failure_key,
    responded = coalesce(run.responded, g.responded),
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
  FROM json_to_recordset($1::json) AS g(tenant_id text, id uuid, token bigint, last_seq int, status text, output json,
    failure json, failure_key text, responded json, wake_ms float8, cost float8, input_tokens bigint, output_tokens bigint)
  WHERE run.tenant_id = g.tenant_id AND run.id = g.id AND run.lease_token = g.token AND run.lease_owner = $2
  RETURNING run.tenant_id, run.id, run.finished_at IS NOT NULL AS over
)`

const EVENTS = `
written AS (
  INSERT INTO run_event (tenant_id, run_id, seq, type, data)
  SELECT c.tenant_id, c.run_id, c.seq, '${CHUNK}', c.data
  FROM json_to_recordset($3::json) AS c(${CHUNK_SHAPE})
  JOIN held ON held.tenant_id = c.tenant_id AND held.id = c.run_id
  -- The same events again, after a commit whose answer was lost: the token says that they are ours.
  ON CONFLICT (tenant_id, run_id, seq) DO NOTHING
)`

const TASKS = `
asked AS (
  INSERT INTO task (tenant_id, run_id, id, step, name, kind, title, request, role, deadline_at, escalate_at, escalate_to,
    status)
  SELECT held.tenant_id, t.run_id, t.id, t.step, t.name, t.kind, t.title, coalesce(t.request, 'null'), t.role,
    to_timestamp(t.deadline_ms / 1000), to_timestamp(t.escalate_ms / 1000), t.escalate_to,
    CASE WHEN held.over THEN 'cancelled' ELSE 'open' END
  FROM json_to_recordset($4::json) AS t(run_id uuid, id uuid, step text, name text, kind text, title text, request json,
    role text, deadline_ms float8, escalate_ms float8, escalate_to text)
  JOIN held ON held.id = t.run_id
  -- Asked again, on the way to another question: it is kept as it was asked first.
  ON CONFLICT (tenant_id, id) DO NOTHING
), closed AS (
  UPDATE task SET status = 'cancelled' FROM held
  WHERE task.tenant_id = held.tenant_id AND task.run_id = held.id AND task.status = 'open'
    AND (held.over OR task.id = ANY ($5::uuid[]))
)`

const WRITE = `WITH ${[HELD, EVENTS, TASKS].join(',')} SELECT id FROM held`

/** Writes a batch in one commit and names the runs that were still this worker's. */
export async function writeLines(
  pool: pg.Pool,
  { batch, worker }: { batch: readonly Line[]; worker: string },
): Promise<Set<string>> {
  const runs = latestOf(batch)
  const { rows } = await pool.query<{ id: string }>(WRITE, [
    jsonRows(runs.map(heldRow)),
    worker,
    jsonRows(batch.flatMap(({ run, events }) => chunksOfLine(events).map((chunk) => chunkRow(run, chunk)))),
    jsonRows(batch.flatMap(({ run, tasks }) => tasks.map((task) => taskRow(run, task)))),
    batch.flatMap(({ closes }) => closes),
  ])
  return new Set(rows.map(({ id }) => id))
}

const chunksOfLine = (events: Line['events']) => chunksOf(events, events[0]?.seq ?? 0)

function heldRow(line: Line): string {
  const { run, events, change, used } = line
  const ended = change && 'output' in change ? change : undefined
  return jsonRow(
    {
      tenant_id: run.tenantId,
      id: run.runId,
      token: run.token,
      last_seq: events.at(-1)?.seq ?? 0,
      status: change?.status ?? null,
      failure_key: ended?.failure
        ? failureKey({ workflowId: line.workflowId, failure: ended.failure })
        : null,
      wake_ms: change?.status === 'waiting' ? change.wakeAtMs : null,
      cost: used.costUsd,
      input_tokens: used.inputTokens,
      output_tokens: used.outputTokens,
    },
    {
      output: ended ? encodeJson(ended.output) : null,
      failure: ended?.failure ? encodeJson({ ...ended.failure }) : null,
      responded: respondedText(events),
    },
  )
}

/** What the caller is answered, for whoever waits for it in another process. */
function respondedText(events: Line['events']): string | null {
  for (const { event } of events)
    if (event.type === 'run.responded') {
      const { status, headers, body } = event
      return encodeJson({ status, headers, body })
    }
  return null
}

const taskRow = ({ runId }: RunRef, task: NewTask): string =>
  jsonRow(
    {
      run_id: runId,
      id: task.id,
      step: task.step,
      name: task.name,
      kind: task.kind,
      title: task.title,
      role: task.role,
      deadline_ms: task.deadlineMs,
      escalate_ms: task.escalateMs,
      escalate_to: task.escalateTo,
    },
    { request: task.request },
  )

/** One row for each run: its last line says where it is. */
function latestOf(batch: readonly Line[]): Line[] {
  const latest = new Map<string, Line>()
  for (const line of batch) {
    const before = latest.get(line.run.runId)
    const events = [...(before?.events ?? []), ...line.events]
    latest.set(line.run.runId, { ...line, events, change: line.change ?? before?.change })
  }
  return [...latest.values()]
}

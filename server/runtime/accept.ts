import type pg from 'pg'
import { newId } from '#server/db/id.ts'
import { encodeJson } from '#server/db/json.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { type Batcher, batcher } from './batcher.ts'
import { encodeEvent } from './event-json.ts'
import type { NewRun } from './new-run.ts'

export interface Accepted {
  runId: string
  /** False: the dedupe key already had this run. */
  fresh: boolean
}

// One statement: the run and its first events (those of a replay: what it takes over) stand or fall together.
const INSERT = `
WITH given AS (
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::uuid[], $13::uuid[], $14::int[], $15::uuid[], $16::text[], $17::int[])
    AS g(tenant_id, id, workflow_id, version, document, trigger_key, started_by, input, dedupe_key, actor, event,
      parent_run_id, parent_task_id, depth, replay_of, replay_from, last_seq)
), accepted AS (
  INSERT INTO run (tenant_id, id, workflow_id, version, document, trigger_key, started_by, input, dedupe_key, actor,
    parent_run_id, parent_task_id, depth, replay_of, replay_from, last_seq, notified_at)
  SELECT tenant_id, id, workflow_id, version, document::json, trigger_key, started_by, input::json, dedupe_key, actor,
    parent_run_id, parent_task_id, depth, replay_of, replay_from, last_seq, now()
  FROM given
  ON CONFLICT (tenant_id, workflow_id, dedupe_key) DO NOTHING
  RETURNING id
), begun AS (
  INSERT INTO run_event (tenant_id, run_id, seq, type, data)
  SELECT given.tenant_id, given.id, 1, 'run.started', given.event::json FROM given JOIN accepted USING (id)
), taken_over AS (
  INSERT INTO run_event (tenant_id, run_id, seq, type, step, attempt, data)
  SELECT given.tenant_id, e.run_id, e.seq, e.type, e.step, e.attempt, e.data::json
  FROM unnest($18::uuid[], $19::int[], $20::text[], $21::text[], $22::int[], $23::text[])
    AS e(run_id, seq, type, step, attempt, data)
  JOIN accepted ON accepted.id = e.run_id JOIN given ON given.id = e.run_id
)
SELECT id FROM accepted`

const FIND = 'SELECT id FROM run WHERE tenant_id = $1 AND workflow_id = $2 AND dedupe_key = $3'

/** Takes runs in. When `add` resolves the run is committed; runs that come together share a commit. */
export function createAccept(pool: pg.Pool): Batcher<NewRun, Accepted> {
  return batcher(async (runs) => {
    try {
      return await insertRuns(pool, runs)
    } catch (error) {
      if (runs.length === 1) throw error
      // One run that the database refuses must not take the others of its batch with it.
      return Promise.all(runs.map((run) => insertOne(pool, run)))
    }
  })
}

async function insertOne(pool: pg.Pool, run: NewRun): Promise<Accepted | Error> {
  try {
    const [accepted] = await insertRuns(pool, [run])
    return accepted ?? new Error('The run was not accepted')
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Also inside a caller's transaction: a schedule inserts its run and its next time together. */
export async function insertRuns(
  db: Pick<pg.ClientBase, 'query'>,
  runs: readonly NewRun[],
): Promise<Accepted[]> {
  const ids = runs.map(() => newId())
  const taken = runs.flatMap(({ replay }, at) =>
    (replay?.events ?? []).map((event, index) => ({ runId: ids[at], seq: index + 2, event })),
  )
  const inserted = await db.query<{ id: string }>(INSERT, [
    runs.map(({ tenantId }) => tenantId),
    ids,
    runs.map(({ workflowId }) => workflowId),
    runs.map(({ version }) => version),
    runs.map(({ document }) => (document ? JSON.stringify(document) : null)),
    runs.map(({ triggerKey }) => triggerKey),
    runs.map(({ startedBy }) => startedBy),
    runs.map(({ input }) => encodeJson(input)),
    runs.map(({ dedupeKey }) => dedupeKey ?? null),
    runs.map(({ actor }) => actor ?? null),
    runs.map((run) => encodeEvent(startOf(run))),
    runs.map(({ parent }) => parent?.runId ?? null),
    runs.map(({ parent }) => parent?.task ?? null),
    runs.map(({ parent }) => parent?.depth ?? 0),
    runs.map(({ replay }) => replay?.of ?? null),
    runs.map(({ replay }) => replay?.from ?? null),
    runs.map(({ replay }) => 1 + (replay?.events.length ?? 0)),
    taken.map(({ runId }) => runId),
    taken.map(({ seq }) => seq),
    taken.map(({ event }) => event.type),
    taken.map(({ event }) => ('step' in event ? event.step : null)),
    taken.map(({ event }) => ('attempt' in event ? event.attempt : null)),
    taken.map(({ event }) => encodeEvent(event)),
  ])
  const fresh = new Set(inserted.rows.map(({ id }) => id))
  return Promise.all(
    runs.map(async (run, at) => {
      const runId = ids[at] ?? ''
      return fresh.has(runId) ? { runId, fresh: true } : { runId: await runWithKey(db, run), fresh: false }
    }),
  )
}

const startOf = ({ triggerKey, input }: NewRun): RunEvent => ({
  type: 'run.started',
  trigger: triggerKey,
  output: input,
})

async function runWithKey(db: Pick<pg.ClientBase, 'query'>, run: NewRun): Promise<string> {
  const found = await db.query<{ id: string }>(FIND, [run.tenantId, run.workflowId, run.dedupeKey ?? null])
  const id = found.rows[0]?.id
  if (!id) throw new Error('A run was neither accepted nor found by its dedupe key')
  return id
}

import type pg from 'pg'
import { newId } from '#server/db/id.ts'
import { type Batcher, batcher } from './batcher.ts'
import { CHUNK } from './event-chunks.ts'
import { jsonRows } from './json-rows.ts'
import type { NewRun } from './new-run.ts'
import {
  CHUNK_SHAPE,
  chunkRow,
  firstChunks,
  NEW_RUN_COLUMNS,
  NEW_RUN_SHAPE,
  NEW_RUN_VALUES,
  newRunRow,
} from './new-run-row.ts'

export interface Accepted {
  runId: string
  /** False: the dedupe key already had this run. */
  fresh: boolean
  /** The key came with something else then. */
  differs?: true
}

// One statement: the run and its first events (those of a replay: what it takes over) stand or fall together.
const INSERT = `
WITH accepted AS (
  INSERT INTO run (${NEW_RUN_COLUMNS}, last_seq, wake_at)
  SELECT ${NEW_RUN_VALUES}, g.last_seq, g.wake_at
  FROM json_to_recordset($1::json) AS g(${NEW_RUN_SHAPE}, last_seq int, wake_at timestamptz)
  ON CONFLICT (tenant_id, workflow_id, dedupe_key) DO NOTHING
  RETURNING id
), begun AS (
  INSERT INTO run_event (tenant_id, run_id, seq, type, data)
  SELECT c.tenant_id, c.run_id, c.seq, '${CHUNK}', c.data
  FROM json_to_recordset($2::json) AS c(${CHUNK_SHAPE}) JOIN accepted ON accepted.id = c.run_id
)
SELECT id FROM accepted`

const FIND = `SELECT id, encode(dedupe_hash, 'hex') AS hash FROM run
  WHERE tenant_id = $1 AND workflow_id = $2 AND dedupe_key = $3`

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
  const given = runs.map((run) => ({ run, runId: newId(), chunks: firstChunks(run) }))
  const inserted = await db.query<{ id: string }>(INSERT, [
    jsonRows(
      given.map(({ run, runId, chunks }) =>
        newRunRow(run, {
          id: runId,
          more: { last_seq: chunks.at(-1)?.seq ?? 0, wake_at: run.notBefore?.toISOString() ?? null },
        }),
      ),
    ),
    jsonRows(
      given.flatMap(({ run: { tenantId }, runId, chunks }) =>
        chunks.map((chunk) => chunkRow({ tenantId, runId }, chunk)),
      ),
    ),
  ])
  const fresh = new Set(inserted.rows.map(({ id }) => id))
  return Promise.all(
    given.map(async ({ run, runId }) => (fresh.has(runId) ? { runId, fresh: true } : findByKey(db, run))),
  )
}

/** The run that has the dedupe key of another one. */
export async function findByKey(db: Pick<pg.ClientBase, 'query'>, run: NewRun): Promise<Accepted> {
  const { tenantId, workflowId, dedupeKey = null, dedupeHash = null } = run
  const { rows } = await db.query<{ id: string; hash: string | null }>(FIND, [
    tenantId,
    workflowId,
    dedupeKey,
  ])
  const found = rows[0]
  if (!found) throw new Error('A run was neither accepted nor found by its dedupe key')
  return { runId: found.id, fresh: false, ...(found.hash === dedupeHash ? {} : { differs: true }) }
}

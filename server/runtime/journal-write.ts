import type pg from 'pg'
import { CHUNK, chunksOf } from './event-chunks.ts'
import { jsonRows } from './json-rows.ts'
import type { Line } from './line.ts'
import { CHUNK_SHAPE, chunkRow } from './new-run-row.ts'
import { freshPart, freshRow } from './write-fresh.ts'
import { heldPart, heldRow } from './write-held.ts'
import { taskRow, tasksPart } from './write-tasks.ts'

/** Of a run that went in line there is nothing but its first event: whoever takes it does the rest. */
const eventsPart = (params: { chunks: string }) => `
written AS (
  INSERT INTO run_event (tenant_id, run_id, seq, type, data)
  SELECT c.tenant_id, c.run_id, CASE WHEN kept.lined THEN 1 ELSE c.seq END, '${CHUNK}',
    CASE WHEN kept.lined THEN json_build_array(c.data->0) ELSE c.data END
  FROM json_to_recordset(${params.chunks}::json) AS c(${CHUNK_SHAPE})
  JOIN kept ON kept.tenant_id = c.tenant_id AND kept.id = c.run_id
  WHERE NOT kept.lined OR json_array_length(c.data) = c.seq
  -- The same events again, after a commit whose answer was lost: the token says that they are ours.
  ON CONFLICT (tenant_id, run_id, seq) DO NOTHING
)`

const NOW_MS = 'extract(epoch FROM clock_timestamp())::float8 * 1000'

interface Written {
  /** The runs that are written as this worker holds them; `lined`: as new ones in line, for anybody. */
  kept: ReadonlyMap<string, { lined: boolean }>
  /** The database's clock. */
  nowMs: number | null
}

interface WriteAbout {
  lines: readonly Line[]
  worker: string
  leaseMs: number
  /** Whether the connection keeps a statement by its name: a pooler between may not. */
  prepares: boolean
}

/** Writes a batch, one line for each run, in one statement, so in one commit. */
export async function writeLines(
  pool: pg.Pool,
  { lines, worker, leaseMs, prepares }: WriteAbout,
): Promise<Written> {
  const held = lines.filter(({ create }) => !create)
  const fresh = lines.flatMap((line) => (line.create ? [freshRow(line, line.create)] : []))
  const tasks = lines.flatMap(({ run, tasks }) => tasks.map((task) => taskRow(run, task)))
  const closes = lines.flatMap(({ closes }) => closes)
  const chunks = lines.flatMap(({ run, events }) =>
    chunksOf(events, events[0]?.seq ?? 0).map((chunk) => chunkRow(run, chunk)),
  )
  const values: unknown[] = []
  const param = (value: unknown) => `$${values.push(value)}`
  const by = param(worker)
  // The parts there is something for: the others cost time too.
  const parts: string[] = []
  const kept: string[] = []
  if (held.length > 0) {
    parts.push(heldPart({ rows: param(jsonRows(held.map(heldRow))), worker: by }))
    kept.push('SELECT * FROM held')
  }
  if (fresh.length > 0) {
    parts.push(freshPart({ rows: param(jsonRows(fresh)), worker: by, leaseMs: param(leaseMs) }))
    kept.push('SELECT * FROM created')
  }
  parts.push(`kept AS (${kept.join(' UNION ALL ')})`)
  parts.push(eventsPart({ chunks: param(jsonRows(chunks)) }))
  // A run that ends closes what it still asks; one that is written for the first time has asked nothing before.
  if (tasks.length + closes.length > 0 || held.some(({ change }) => change && 'output' in change))
    parts.push(tasksPart({ rows: param(jsonRows(tasks)), closes: param(closes) }))
  const text = `WITH ${parts.join(',')} SELECT id, lined, ${NOW_MS} AS now_ms FROM kept`
  // Planning takes longer than writing a few runs. Where runs are looked up, the plan follows the size of the table.
  const name = prepares && held.length === 0 ? { name: `journal ${parts.length}` } : {}
  const { rows } = await pool.query<{ id: string; lined: boolean; now_ms: number }>({ text, values, ...name })
  return {
    kept: new Map(rows.map(({ id, lined }) => [id, { lined }])),
    nowMs: rows.at(-1)?.now_ms ?? null,
  }
}

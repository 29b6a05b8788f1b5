import type pg from 'pg'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { decodeJson } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import { asTenant } from '#server/runtime/as-tenant.ts'
import type { Log } from '#server/runtime/log.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { BulkKind, BulkRunIds, type RunBulkKind } from './job.ts'
import { resolveStride } from './resolve-stride.ts'

const LEASE_MS = 30_000
/** Runs between two looks at whether the job was cancelled, and two notes of how far it is. */
const STRIDE = 20
/** Decisions are written many at a time. */
const RESOLVE_STRIDE = 200
/** A tenant whose line is full is tried again by a later round. */
const REST_MS = 5_000

// The job that waited longest first: with several, each has its turn at every stride.
const TAKE = `
UPDATE bulk_job SET lease_until = now() + $1 * interval '1 ms'
WHERE (tenant_id, id) = (
  SELECT tenant_id, id FROM bulk_job WHERE status = 'running' AND (lease_until IS NULL OR lease_until < now())
  ORDER BY lease_until NULLS FIRST, created_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING tenant_id, id, kind, filter, cursor, created_by`

// What another process took over in the meantime is left to it: the cursor says.
const NOTE = `
UPDATE bulk_job SET done = done + $3, refused = refused + $4, cursor = $5,
  status = CASE WHEN status = 'running' AND $6 THEN 'done' ELSE status END,
  finished_at = CASE WHEN status = 'running' AND $6 THEN now() ELSE finished_at END,
  lease_until = CASE WHEN $7::float8 IS NULL THEN NULL ELSE now() + $7 * interval '1 ms' END
WHERE tenant_id = $1 AND id = $2 AND cursor IS NOT DISTINCT FROM $8`

interface Job {
  tenant_id: string
  id: string
  kind: string
  filter: unknown
  cursor: string | null
  created_by: string | null
}

interface WorkParts {
  pool: pg.Pool
  runtime: Pick<Runtime, 'accept' | 'cancel' | 'answerMany'>
  log: Log
}

/** Goes on with one job for a stride. True when there may be more to do at once. */
export async function workBulk(parts: WorkParts): Promise<boolean> {
  const { rows } = await parts.pool.query<Job>(TAKE, [LEASE_MS])
  const job = rows[0]
  if (!job) return false
  const left = BulkRunIds.parse(job.filter).ids.filter((id) => job.cursor === null || id > job.cursor)
  const kind = BulkKind.parse(job.kind)
  const stride = left.slice(0, kind === 'resolve' ? RESOLVE_STRIDE : STRIDE)
  const outcome =
    kind === 'resolve'
      ? await resolveAll(parts, { job, ids: stride })
      : await actOnEach(parts, { job, kind, ids: stride })
  const isOver = !outcome.isFull && left.length <= stride.length
  const { done, refused, cursor } = outcome
  const restMs = outcome.isFull ? REST_MS : null
  await parts.pool.query(NOTE, [job.tenant_id, job.id, done, refused, cursor, isOver, restMs, job.cursor])
  return !outcome.isFull
}

interface Outcome {
  done: number
  refused: number
  cursor: string | null
  isFull: boolean
}

async function resolveAll(
  parts: WorkParts,
  { job, ids }: { job: Job; ids: readonly string[] },
): Promise<Outcome> {
  const { tenant_id: tenantId, id: jobId, filter: stored, created_by: by } = job
  const done = await resolveStride(parts, { tenantId, jobId, stored, ids, by })
  return { done, refused: ids.length - done, cursor: ids.at(-1) ?? job.cursor, isFull: false }
}

async function actOnEach(
  parts: WorkParts,
  { job, kind, ids }: { job: Job; kind: RunBulkKind; ids: readonly string[] },
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, refused: 0, cursor: job.cursor, isFull: false }
  for (const runId of ids) {
    const isDone = await act(parts, { job, kind, runId })
    if (isDone === 'full') return { ...outcome, isFull: true }
    outcome[isDone ? 'done' : 'refused'] += 1
    outcome.cursor = runId
  }
  return outcome
}

/** Doing it twice changes nothing: a retry has a key of the job and the run, and what is cancelled is cancelled. */
async function act(
  parts: WorkParts,
  { job, kind, runId }: { job: Job; kind: RunBulkKind; runId: string },
): Promise<boolean | 'full'> {
  const { tenant_id: tenantId } = job
  try {
    switch (kind) {
      case 'cancel':
        return await parts.runtime.cancel({ tenantId, runId, reason: 'Cancelled with others by a member' })
      case 'retry':
        return await retry(parts, { job, runId })
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'limit_reached') return 'full'
    if (!(error instanceof AppError)) parts.log.warn({ error, tenantId, runId }, 'A run could not be retried')
    return false
  }
}

interface Stored {
  workflow_id: string
  version: number | null
  document: unknown
  trigger_key: string
  input: unknown
  depth: number
}

async function retry(
  { pool, runtime }: WorkParts,
  { job, runId }: { job: Job; runId: string },
): Promise<boolean> {
  const { tenant_id: tenantId } = job
  const run = await asTenant(pool, tenantId, async (db) => {
    const { rows } = await db.query<Stored>(
      `SELECT workflow_id, version, document, trigger_key, input, depth FROM run
       WHERE tenant_id = $1 AND id = $2 AND status IN ('failed', 'cancelled')`,
      [tenantId, runId],
    )
    return rows[0]
  })
  if (!run) return false
  await runtime.accept({
    tenantId,
    workflowId: run.workflow_id,
    version: run.version,
    ...(run.version === null ? { document: WorkflowDocument.parse(run.document) } : {}),
    triggerKey: run.trigger_key,
    startedBy: 'manual',
    input: decodeJson(run.input),
    dedupeKey: `bulk ${job.id} ${runId}`,
    ...(job.created_by ? { actor: job.created_by } : {}),
    parent: { runId, depth: run.depth },
  })
  return true
}

import type pg from 'pg'
import { z } from 'zod'
import { decodeJson } from '#server/db/json.ts'
import { Resolution } from '#server/runtime/resolution.ts'
import type { Runtime } from '#server/runtime/runtime.ts'

const Stored = z.object({ resolution: Resolution })

/**
 * Decides about some of a job's steps at once, and says of how many it did; the others had been decided before. Doing
 * it twice changes nothing and says the same: each answer names its job.
 */
export async function resolveStride(
  { pool, runtime }: { pool: pg.Pool; runtime: Pick<Runtime, 'answerMany'> },
  about: { tenantId: string; jobId: string; stored: unknown; ids: readonly string[]; by: string | null },
): Promise<number> {
  const { tenantId, jobId, ids, by } = about
  const { resolution } = Stored.parse(decodeJson(about.stored))
  await runtime.answerMany({ tenantId, taskIds: ids, answer: { ...resolution, job: jobId }, by })
  const { rows } = await pool.query<{ done: number }>(
    `SELECT count(*)::int AS done FROM task
     WHERE tenant_id = $1 AND id = ANY ($2) AND status = 'answered' AND answer->>'job' = $3`,
    [tenantId, ids, jobId],
  )
  return rows[0]?.done ?? 0
}

import type pg from 'pg'
import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { decodeJson } from '#server/db/json.ts'
import type { Bus } from './bus.ts'
import type { Drive } from './drive-parts.ts'
import type { RunRef, RunResult, RunStatus } from './new-run.ts'
import { follow } from './news.ts'

/** News can be lost: who waits also looks by itself from time to time. */
const LOOK_MS = 2_000

export const StoredFailure = z.object({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  retryAfterMs: z.number().optional(),
  step: z.string().optional(),
})

const StoredResponse = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: Json,
})

/**
 * The outcome of a run, or its answer to the caller if that comes first; null when the time is up, and at once when it
 * needs attention: that takes people, not moments.
 */
export async function result(
  { pool, bus, driven }: { pool: pg.Pool; bus: Bus; driven?: Pick<Drive, 'answer'> },
  about: RunRef & { waitMs: number; signal?: AbortSignal },
): Promise<RunResult | null> {
  const { runId, waitMs, signal } = about
  const endsAt = performance.now() + waitMs
  // Who has the run knows first. What is not heard there goes on elsewhere.
  const told = driven && (await within(driven.answer, { ms: waitMs, signal }))
  if (told) return told
  const news = follow(
    bus,
    (notice) =>
      notice.kind === 'missed' || (notice.kind === 'run' && notice.runId === runId && isTold(notice)),
  )
  try {
    for (;;) {
      const found = await read(pool, about)
      if (found === 'attention') return null
      const left = endsAt - performance.now()
      if (found || left <= 0 || signal?.aborted) return found
      await news.wait({ ms: Math.min(left, LOOK_MS), signal })
    }
  } finally {
    news.close()
  }
}

/** What it comes to, if that is in time. */
async function within<T>(
  work: Promise<T>,
  { ms, signal }: { ms: number; signal: AbortSignal | undefined },
): Promise<T | null> {
  let stop = () => {}
  const late = new Promise<null>((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, ms), null)
    const aborted = () => resolve(null)
    signal?.addEventListener('abort', aborted, { once: true })
    if (signal?.aborted) resolve(null)
    stop = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
    }
  })
  try {
    return await Promise.race([work, late])
  } finally {
    stop()
  }
}

const isTold = ({ status, responded }: { status: RunStatus | null; responded: boolean }) =>
  responded || status === 'waiting' || status === 'succeeded' || status === 'failed' || status === 'cancelled'

interface Row {
  status: RunStatus
  output: unknown
  failure: unknown
  responded: unknown
  attention: boolean | null
}

async function read(pool: pg.Pool, { tenantId, runId }: RunRef): Promise<RunResult | 'attention' | null> {
  const { rows } = await pool.query<Row>(
    `SELECT status, output, failure, responded, CASE WHEN status = 'waiting' THEN EXISTS (
       SELECT FROM task t
       WHERE run.cancel_reason IS NULL AND t.tenant_id = run.tenant_id AND t.run_id = run.id
         AND t.kind = 'attention' AND t.status = 'open') END AS attention
     FROM run WHERE tenant_id = $1 AND id = $2`,
    [tenantId, runId],
  )
  const row = rows[0]
  if (!row) return null
  if (row.responded !== null)
    return { status: 'responded', response: StoredResponse.parse(decodeJson(row.responded)) }
  switch (row.status) {
    case 'succeeded':
      return { status: row.status, output: Json.parse(decodeJson(row.output)) }
    case 'failed':
      return { status: row.status, failure: StoredFailure.parse(decodeJson(row.failure)) }
    case 'cancelled':
      return { status: row.status }
    case 'queued':
    case 'running':
      return null
    case 'waiting':
      return row.attention ? 'attention' : null
  }
  return row.status satisfies never
}

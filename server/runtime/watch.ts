import type pg from 'pg'
import type { StoredEvent } from '#server/engine/history.ts'
import type { Bus } from './bus.ts'
import type { RunRef, RunStatus } from './new-run.ts'
import { follow, told } from './news.ts'
import { readEvents } from './read-events.ts'

const LOOK_MS = 5_000
const MOST_KEPT = 1_000

/** A run's events after a sequence number, then those to come, none twice and none left out; ends with the run. */
export async function* watch(
  { pool, bus }: { pool: pg.Pool; bus: Bus },
  about: RunRef & { after: number; signal: AbortSignal },
): AsyncGenerator<StoredEvent> {
  const { signal, runId } = about
  let { after } = about
  // Listening begins before the first look, so that nothing falls between them.
  const news = follow(
    bus,
    (notice) =>
      notice.kind === 'missed' || (notice.kind === 'run' && notice.runId === runId && notice.seq > after),
  )
  try {
    while (!signal.aborted) {
      const page = await readEvents(pool, { ...about, after })
      for (const stored of page) {
        if (signal.aborted) return
        yield stored
        after = stored.seq
        if (stored.event.type === 'run.finished') return
      }
      if (page.length > 0) continue
      if (await isOver(pool, about)) return
      await news.wait({ ms: LOOK_MS, signal })
    }
  } finally {
    news.close()
  }
}

/** For one who resumes after the last event of a run that has ended, or whose run was deleted. */
async function isOver(
  pool: pg.Pool,
  { tenantId, runId, after }: RunRef & { after: number },
): Promise<boolean> {
  const { rows } = await pool.query<{ over: boolean }>(
    'SELECT finished_at IS NOT NULL AND last_seq <= $3 AS over FROM run WHERE tenant_id = $1 AND id = $2',
    [tenantId, runId, after],
  )
  return rows[0]?.over ?? true
}

export interface RunChange {
  runId: string
  workflowId: string
  status: RunStatus
  /** It has just begun, or is about to; it may be over already. */
  begins: boolean
}

/** Which runs of a tenant change their status, as it happens. A hint: who misses one reads the list again. */
export function changes(
  bus: Bus,
  { tenantId, signal }: { tenantId: string; signal: AbortSignal },
): AsyncGenerator<RunChange> {
  return told(bus, {
    take(notice) {
      if (notice.kind !== 'run' || notice.tenantId !== tenantId || notice.status === null) return null
      const { runId, workflowId, status, fresh = false } = notice
      return { runId, workflowId, status, begins: fresh || status === 'queued' || status === 'running' }
    },
    // A reader this slow has more to gain from the newest.
    most: MOST_KEPT,
    signal,
  })
}

import type pg from 'pg'
import type { RunEvent, StoredEvent } from '#server/engine/history.ts'
import { decodeEvent } from './event-json.ts'
import type { RunRef } from './new-run.ts'

const PAGE = 500

/** A run's events after a sequence number, in order; at most a page of them. */
export async function readEvents(pool: pg.Pool, about: RunRef & { after: number }): Promise<StoredEvent[]> {
  const { rows } = await pool.query<{ seq: number; at: Date; data: unknown }>(
    `SELECT seq, at, data FROM run_event
     WHERE tenant_id = $1 AND run_id = $2 AND seq > $3 ORDER BY seq LIMIT ${PAGE}`,
    [about.tenantId, about.runId, about.after],
  )
  return rows.map(({ seq, at, data }) => ({ seq, at: at.getTime(), event: decodeEvent(data) }))
}

/** The whole history, page by page, so that a long one is not held twice. */
export async function eachEvent(
  pool: pg.Pool,
  run: RunRef,
  visit: (event: RunEvent, at: number) => void,
): Promise<void> {
  let after = 0
  for (;;) {
    const page = await readEvents(pool, { ...run, after })
    for (const { event, at } of page) visit(event, at)
    after = page.at(-1)?.seq ?? after
    if (page.length < PAGE) return
  }
}

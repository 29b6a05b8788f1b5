import type pg from 'pg'
import type { RunEvent, StoredEvent } from '#server/engine/history.ts'
import { eventsIn } from './event-chunks.ts'
import type { RunRef } from './new-run.ts'

const PAGE = 50

interface Row {
  seq: number
  at: Date
  type: string
  data: unknown
}

/** A run's events after a sequence number, in order: those of some rows. None: there are no more. */
export async function readEvents(pool: pg.Pool, about: RunRef & { after: number }): Promise<StoredEvent[]> {
  return (await readPage(pool, about)).events
}

/** The whole history, page by page, so that a long one is not held twice. */
export async function eachEvent(
  pool: pg.Pool,
  run: RunRef,
  visit: (event: RunEvent, at: number) => void,
): Promise<void> {
  let after = 0
  for (;;) {
    const { events, isLast } = await readPage(pool, { ...run, after })
    for (const { event, at } of events) visit(event, at)
    after = events.at(-1)?.seq ?? after
    if (isLast) return
  }
}

async function readPage(pool: pg.Pool, { tenantId, runId, after }: RunRef & { after: number }) {
  const { rows } = await pool.query<Row>(
    `SELECT seq, at, type, data FROM run_event
     WHERE tenant_id = $1 AND run_id = $2 AND seq > $3 ORDER BY seq LIMIT ${PAGE}`,
    [tenantId, runId, after],
  )
  return { events: rows.flatMap((row) => eventsIn(row, after)), isLast: rows.length < PAGE }
}

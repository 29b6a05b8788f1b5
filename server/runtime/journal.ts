import type pg from 'pg'
import { type Batcher, batcher } from './batcher.ts'
import type { Bus } from './bus.ts'
import { type Line, writeLines } from './journal-write.ts'
import type { Log } from './log.ts'
import { isRefusal } from './refusal.ts'

/** Writes what happened in all the runs of a worker, many in one commit. */
export interface Journal {
  /**
   * Resolves when the events are committed, and with them what becomes of the run.
   * Rejects with `LostLease` when another worker has the run: nothing was written, and nothing may be done any more.
   */
  write(line: Line): Promise<void>
  /** Resolves when nothing is left to write. */
  idle(): Promise<void>
}

export class LostLease extends Error {
  constructor() {
    super('Another worker holds this run')
    this.name = 'LostLease'
  }
}

const RETRY_MS = 250
const RETRY_MOST_MS = 5_000

export function createJournal(about: { pool: pg.Pool; bus: Bus; worker: string; log: Log }): Journal {
  const { pool, bus, worker, log } = about
  const lines: Batcher<Line, true> = batcher(async (batch) => {
    const held = await persist(batch)
    const written = batch.filter((line) => held.has(line.run.runId))
    bus.publish(written.map(noticeOf))
    bus.publish(
      written.filter(changesTasks).map(({ run: { tenantId, runId } }) => ({ kind: 'task', tenantId, runId })),
    )
    return batch.map((line) => (held.has(line.run.runId) ? true : new LostLease()))
  })

  /** Tries until the database takes it: while it is away nobody else can claim the runs either. */
  async function persist(batch: Line[]): Promise<Set<string>> {
    for (let delay = RETRY_MS; ; delay = Math.min(delay * 2, RETRY_MOST_MS)) {
      try {
        return await writeLines(pool, { batch, worker })
      } catch (error) {
        if (isRefusal(error)) return persistEach(batch)
        log.warn({ error, events: batch.length }, 'The journal could not be written; trying again')
        await new Promise((resolve) => setTimeout(resolve, delay))
      }
    }
  }

  /** The database refuses something in it: the others must not suffer. */
  async function persistEach(batch: Line[]): Promise<Set<string>> {
    const held = new Set<string>()
    const refused = new Set<string>()
    for (const line of batch) {
      if (refused.has(line.run.runId)) continue
      try {
        for (const id of await writeLines(pool, { batch: [line], worker })) held.add(id)
      } catch (error) {
        log.error({ error, ...line.run }, 'What happened in a run could not be stored')
        refused.add(line.run.runId)
        held.delete(line.run.runId)
      }
    }
    return held
  }

  return { write: async (line) => void (await lines.add(line)), idle: () => lines.idle() }
}

const changesTasks = ({ tasks, closes }: Line) => tasks.length + closes.length > 0

const noticeOf = ({ run, workflowId, events, change }: Line) => ({
  kind: 'run' as const,
  tenantId: run.tenantId,
  runId: run.runId,
  workflowId,
  seq: events.at(-1)?.seq ?? 0,
  status:
    change?.status ??
    (events.some(({ event }) => event.type === 'run.claimed') ? ('running' as const) : null),
  responded: events.some(({ event }) => event.type === 'run.responded'),
})

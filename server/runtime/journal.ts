import type pg from 'pg'
import { type Batcher, batcher } from './batcher.ts'
import type { Bus, Notice } from './bus.ts'
import { clockOffset } from './clock.ts'
import { encodeEvent } from './event-json.ts'
import { writeLines } from './journal-write.ts'
import { type Line, merged } from './line.ts'
import type { Log } from './log.ts'
import { LostLease, NotBegun } from './not-written.ts'
import { isRefusal, isRolledBack } from './refusal.ts'

/** Writes what happened in all the runs of a worker, many in one commit. */
export interface Journal {
  /**
   * Resolves when the events are committed, and with them what becomes of the run.
   * Rejects when nothing was written and nothing may be done any more: `LostLease`, `NotBegun`, or why a run that is
   * not there yet could not be written.
   */
  write(line: Line): Promise<void>
  /** Has it written a little later, together with what comes until then. */
  soon(run: Unsent): void
  /** Looks at the database's clock, before the first write does. */
  readClock(): Promise<void>
  /** The database's clock less ours, in ms, as of the last write. */
  readonly clockOffsetMs: number
  /** Resolves when nothing is left to write. */
  idle(): Promise<void>
}

interface Unsent {
  send(): void
}

const SOON_MS = 40
const RETRY_MS = 250
const RETRY_MOST_MS = 5_000
const NOW = 'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now_ms'

type Outcome = true | Error

export function createJournal(about: {
  pool: pg.Pool
  bus: Bus
  worker: string
  leaseMs: number
  prepares: boolean
  log: Log
}): Journal {
  const { pool, bus, worker, leaseMs, prepares, log } = about
  const unsent = new Set<Unsent>()
  let timer: NodeJS.Timeout | undefined
  let clockOffsetMs = 0

  const batches: Batcher<Line, true> = batcher(async (batch, early) => {
    const lines = merged(batch)
    const outcomes = await persist(lines, (runId, error) => {
      for (const line of batch) if (line.run.runId === runId) early(line, error)
    })
    const notices = lines.flatMap((line) => noticesOf(line, outcomes.get(line.run.runId)))
    if (notices.length > 0) bus.publish(notices)
    const tokens = new Map(lines.map(({ run }) => [run.runId, run.token]))
    return batch.map(({ run: { runId, token } }) =>
      tokens.get(runId) === token ? (outcomes.get(runId) ?? new LostLease()) : new LostLease(),
    )
  })

  /**
   * Tries until the database takes it: while it is away nobody else can claim the runs either. Who starts a run is not
   * kept waiting for that: it is not there yet, and is given up.
   */
  async function persist(
    lines: Line[],
    tell: (runId: string, error: Error) => void,
  ): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>()
    let left = lines
    for (let delay = RETRY_MS; left.length > 0; delay = Math.min(delay * 2, RETRY_MOST_MS)) {
      try {
        return into(outcomes, await write(left))
      } catch (error) {
        if (isRefusal(error)) return into(outcomes, await persistEach(left, tell))
        log.warn({ error, runs: left.length }, 'The journal could not be written; trying again')
        if (!isRolledBack(error)) {
          for (const { run, create } of left)
            if (create) {
              outcomes.set(run.runId, asError(error))
              tell(run.runId, asError(error))
            }
          left = left.filter(({ create }) => !create)
          // Nor is who came since, and would wait for these.
          if (left.length > 0 && delay > RETRY_MS)
            batches.refuse(({ create }) => create !== undefined, asError(error))
        }
        if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, delay))
      }
    }
    return outcomes
  }

  async function write(lines: readonly Line[]): Promise<Map<string, Outcome>> {
    const askedAt = Date.now()
    const { kept, nowMs } = await writeLines(pool, { lines, worker, leaseMs, prepares })
    if (nowMs !== null) clockOffsetMs = clockOffset(nowMs, { askedAt, answeredAt: Date.now() })
    return new Map(lines.map((line) => [line.run.runId, outcomeOf(line, kept.get(line.run.runId))]))
  }

  /** The database refuses something in it: the others must not suffer. */
  async function persistEach(
    lines: readonly Line[],
    tell: (runId: string, error: Error) => void,
  ): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>()
    for (const line of lines) {
      const { tenantId, runId } = line.run
      try {
        into(outcomes, await write([line]))
      } catch (error) {
        // The database went away meanwhile: that is no refusal of what happened.
        if (!line.create && !isRefusal(error)) {
          into(outcomes, await persist([line], tell))
          continue
        }
        // Who starts it is told.
        if (!line.create) log.error({ error, tenantId, runId }, 'What happened in a run could not be stored')
        if (!line.create) await end(line)
        outcomes.set(runId, line.create ? asError(error) : new LostLease())
      }
    }
    return outcomes
  }

  /** Whoever took it over would come to the same, for ever. */
  async function end(line: Line): Promise<void> {
    try {
      await write([notStorable(line)])
    } catch (error) {
      log.warn({ error, runId: line.run.runId }, 'A run that cannot be stored could not be ended')
    }
  }

  async function readClock(): Promise<void> {
    const askedAt = Date.now()
    const { rows } = await pool.query<{ now_ms: number }>(NOW)
    if (rows[0]) clockOffsetMs = clockOffset(rows[0].now_ms, { askedAt, answeredAt: Date.now() })
  }

  function sendAll() {
    timer = undefined
    const runs = [...unsent]
    unsent.clear()
    for (const run of runs) run.send()
  }

  return {
    write: async (line) => void (await batches.add(line)),
    soon(run) {
      unsent.add(run)
      timer ??= setTimeout(sendAll, SOON_MS)
    },
    readClock,
    get clockOffsetMs() {
      return clockOffsetMs
    },
    async idle() {
      clearTimeout(timer)
      sendAll()
      await batches.idle()
    },
  }
}

function outcomeOf({ create }: Line, kept: { lined: boolean } | undefined): Outcome {
  if (!kept) return create ? new NotBegun('taken') : new LostLease()
  return kept.lined ? new NotBegun('lined') : true
}

function notStorable(line: Line): Line {
  const failure = { code: 'not_storable', message: 'What happened could not be stored.', retryable: false }
  const end = { status: 'failed', output: null, failure } as const
  const event = { type: 'run.finished', ...end } as const
  const seq = line.events[0]?.seq ?? 1
  const at = line.events[0]?.at ?? 0
  const events = line.events.length === 0 ? [] : [{ seq, at, event, text: encodeEvent(event) }]
  return { ...line, events, tasks: [], closes: [], change: end }
}

function into(outcomes: Map<string, Outcome>, more: ReadonlyMap<string, Outcome>) {
  for (const [runId, outcome] of more) outcomes.set(runId, outcome)
  return outcomes
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

/** What the others are told: once for each run. */
function noticesOf(line: Line, outcome: Outcome | undefined): Notice[] {
  const { tenantId, runId } = line.run
  const place = { tenantId, runId, workflowId: line.workflowId }
  if (outcome instanceof NotBegun && outcome.why === 'lined')
    return [{ kind: 'run', ...place, seq: 1, status: 'queued', responded: false }]
  if (outcome !== true) return []
  const { events, change, tasks, closes, create } = line
  const begins = create !== undefined || events.some(({ event }) => event.type === 'run.claimed')
  const run: Notice = {
    kind: 'run',
    ...place,
    seq: events.at(-1)?.seq ?? 0,
    status: change?.status ?? (begins ? 'running' : null),
    responded: events.some(({ event }) => event.type === 'run.responded'),
    ...(create ? { fresh: true } : {}),
    ...(isUnsettled(line) ? { unsettled: true } : {}),
  }
  return tasks.length + closes.length > 0 ? [run, { kind: 'task', tenantId, runId }] : [run]
}

const isUnsettled = ({ change, run }: Line) =>
  change !== undefined && 'output' in change && (change.status !== 'succeeded' || run.isAwaited !== false)

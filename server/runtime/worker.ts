import type pg from 'pg'
import type { Bus } from './bus.ts'
import { type ClaimedRun, release } from './claim.ts'
import { claimNext } from './claim-next.ts'
import { drive } from './drive.ts'
import type { Drive, DriveParts, Fresh } from './drive-parts.ts'
import { freshRun } from './fresh-run.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { createJournal } from './journal.ts'
import { type EffectiveLimits, effectiveLimits } from './limits.ts'
import type { Log } from './log.ts'
import type { RunRef } from './new-run.ts'
import type { Observe } from './observe.ts'
import { createPrepare } from './prepare.ts'
import type { WakeQueue } from './queue.ts'
import { eachEvent } from './read-events.ts'
import type { AttemptParts } from './step-attempt.ts'
import { createTurns } from './turns.ts'

export interface WorkerAbout extends AttemptParts {
  pool: pg.Pool
  /** For the heartbeat's own connection. */
  url: string
  bus: Bus
  queue: WakeQueue
  observe: Observe
  runsAtOnce: number
  leaseMs: number
  log: Log
}

/** Claims runs and drives them. */
export interface Worker {
  readonly name: string
  start(): Promise<void>
  /** Takes what is its turn in line, as far as there is room. */
  look(): Promise<void>
  readonly hasRoom: boolean
  /** Drives a new run that is not written yet, if there is room for it here and now. */
  begin(fresh: Fresh, limits: Pick<EffectiveLimits, 'concurrentRuns'>): Drive | null
  /** The run, if it is in these hands. */
  driveOf(run: RunRef): Drive | undefined
  /** Begins nothing new, waits for what is in flight, then lets go of everything. */
  stop(): Promise<void>
  /** Puts right what a message that was lost would have told. */
  inspect(): Promise<void>
}

/** How often the others are told of what has no room here. */
const PASS_MS = 250
const DRAIN_MS = 22_000
/** For what remains when time is up; a database that is away must not keep the process from ending. */
const LAST_MS = 2_000

export function createWorker(about: WorkerAbout): Worker {
  const { pool, bus, queue, runsAtOnce, leaseMs, log } = about
  const name = crypto.randomUUID()
  // The address for LISTEN never leads through a pooler.
  const isPooled = pool.options.connectionString !== about.url
  const drives = new Map<string, Drive>()
  /** How many of them each tenant has. */
  const held = new Map<string, number>()
  const journal = createJournal({ pool, bus, worker: name, leaseMs, prepares: !isPooled, log })
  const parts: DriveParts = {
    ...about,
    worker: name,
    journal,
    prepare: createPrepare({ pool, find: about.find }),
    replay: (held) => eachEvent(pool, held.run, (event, at) => held.replay(event, at)),
    release: (run) => release(pool, run),
  }
  let stopping = false
  let heartbeat: Heartbeat | undefined
  let passedAt = Number.NEGATIVE_INFINITY
  const turns = createTurns({
    claim: (claim) => claimNext(pool, { ...claim, worker: name, leaseMs }),
    free: () => (stopping || !heartbeat ? 0 : runsAtOnce - drives.size),
    hold: (run) => hold(run),
    pass,
    failed: (error) => log.debug({ error }, 'No runs could be taken'),
  })
  const hasRoom = () => drives.size + turns.asked < runsAtOnce
  const unsubscribe = bus.subscribe((notice) => {
    if (notice.kind === 'cancel') inspect().catch((error) => log.debug({ error }, 'The inspection failed'))
    if (notice.kind === 'task') drives.get(notice.runId)?.answered()
  })

  /** Another worker may have room for what has none here: one of them is told, now and then. */
  function pass() {
    const now = performance.now()
    if (stopping || now - passedAt < PASS_MS) return
    passedAt = now
    queue.wake().catch((error) => log.debug({ error }, 'The queue could not be told'))
  }

  function hold(run: ClaimedRun, fresh?: Fresh): Drive {
    const { runId, tenantId } = run
    const before = drives.get(runId)
    // A crash of the database undid the claim, and this is the same one made anew: it has the run and its history.
    if (before?.run.token === run.token) return before
    // Taken again while it was in hand: what went before has lost it, whatever it still believes.
    before?.drop()
    const driven = about.observe.driving(run, () => drive(run, parts, fresh))
    drives.set(runId, driven)
    held.set(tenantId, (held.get(tenantId) ?? 0) + 1)
    if (stopping) driven.wind()
    void driven.done.finally(() => {
      if (drives.get(runId) === driven) drives.delete(runId)
      const left = (held.get(tenantId) ?? 1) - 1
      if (left > 0) held.set(tenantId, left)
      else held.delete(tenantId)
      turns.ended(run)
    })
    return driven
  }

  function begin(fresh: Fresh, limits: Pick<EffectiveLimits, 'concurrentRuns'>): Drive | null {
    const { run } = fresh
    // Nobody in line is overtaken.
    if (stopping || !heartbeat || !hasRoom() || turns.wouldOvertake(run.tenantId)) return null
    if ((held.get(run.tenantId) ?? 0) >= limits.concurrentRuns) return null
    return hold(freshRun(run, journal.clockOffsetMs), fresh)
  }

  async function inspect(): Promise<void> {
    const { rows } = await pool.query<{
      tenant_id: string
      id: string
      token: string
      cancel_reason: string | null
      woken: boolean
    }>(
      `SELECT tenant_id, id, lease_token AS token, cancel_reason, wake_at <= now() AS woken FROM run
       WHERE lease_owner = $1 AND lease_until IS NOT NULL AND finished_at IS NULL`,
      [name],
    )
    for (const row of rows) {
      const driven = drives.get(row.id)
      if (driven && row.cancel_reason !== null) driven.cancel(row.cancel_reason)
      // Of a suspended tenant what runs goes back in line.
      if (driven && (await effectiveLimits(pool, row.tenant_id)).suspended) driven.wind()
      // An answer whose notice was lost.
      if (row.woken) driven?.answered()
      // Leased to us, and we do not have it: a claim whose answer was lost.
      if (!driven && turns.asked === 0)
        await release(pool, { tenantId: row.tenant_id, runId: row.id, token: Number(row.token) })
    }
  }

  const ended = () => Promise.all([...drives.values()].map(({ done }) => done))

  return {
    name,
    look: () => turns.look(),
    begin,
    inspect,
    driveOf({ tenantId, runId }) {
      const driven = drives.get(runId)
      return driven?.run.tenantId === tenantId ? driven : undefined
    },
    get hasRoom() {
      return !stopping && hasRoom()
    },
    async start() {
      await journal.readClock()
      heartbeat = await startHeartbeat({ url: about.url, worker: name, leaseMs, log })
      await queue.listen(() => turns.look())
      await turns.look()
    },
    async stop() {
      stopping = true
      unsubscribe()
      const left = [...drives.values()].map(({ run }) => run)
      for (const driven of drives.values()) driven.wind()
      await queue.deafen().catch((error) => log.debug({ error }, 'The queue could not be closed'))
      if (!(await within(ended(), DRAIN_MS))) {
        for (const driven of drives.values()) driven.drop()
        await within(ended(), LAST_MS)
      }
      await within(journal.idle(), LAST_MS)
      await heartbeat?.stop()
      // Others need not wait for the sweeper to find them.
      if (left.length > 0)
        await queue.wake().catch((error) => log.debug({ error }, 'The queue could not be told'))
    },
  }
}

/** Whether the work is done before the time is up. */
async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const inTime = await Promise.race([work.then(() => true), late])
  clearTimeout(timer)
  return inTime
}

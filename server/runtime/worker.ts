import type pg from 'pg'
import type { Line } from './admit-line.ts'
import type { Bus } from './bus.ts'
import { type ClaimedRun, claim, release } from './claim.ts'
import { type Drive, type DriveParts, drive, type Fresh } from './drive.ts'
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

export interface WorkerAbout extends AttemptParts {
  pool: pg.Pool
  /** For the heartbeat's own connection. */
  url: string
  bus: Bus
  queue: WakeQueue
  line: Line
  observe: Observe
  runsAtOnce: number
  leaseMs: number
  log: Log
}

/** Claims runs and drives them. */
export interface Worker {
  readonly name: string
  start(): Promise<void>
  /** Takes a run if it is due and there is room; resolves once it has it, or not. */
  take(run: RunRef): Promise<void>
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

const DRAIN_MS = 22_000
/** For what remains when time is up; a database that is away must not keep the process from ending. */
const LAST_MS = 2_000

export function createWorker(about: WorkerAbout): Worker {
  const { pool, bus, queue, line, runsAtOnce, leaseMs, log } = about
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
  let claiming = 0
  let heartbeat: Heartbeat | undefined
  const waiting: (() => void)[] = []
  const hasRoom = () => drives.size + claiming < runsAtOnce
  const unsubscribe = bus.subscribe((notice) => {
    if (notice.kind === 'cancel') inspect().catch((error) => log.debug({ error }, 'The inspection failed'))
    if (notice.kind === 'task') drives.get(notice.runId)?.answered()
  })

  async function take(run: RunRef): Promise<void> {
    if (!(await room()) || line.isFull(run.tenantId)) return
    claiming++
    try {
      const claimed = await claim(pool, { ...run, worker: name, leaseMs })
      if (claimed) hold(claimed)
      else await line.stayed(run)
    } finally {
      claiming--
      if (hasRoom()) waiting.shift()?.()
    }
  }

  function hold(run: ClaimedRun, fresh?: Fresh): Drive {
    const { runId, tenantId } = run
    const driven = about.observe.driving(run, () => drive(run, parts, fresh))
    drives.set(runId, driven)
    held.set(tenantId, (held.get(tenantId) ?? 0) + 1)
    if (stopping) driven.wind()
    void driven.done.finally(() => {
      if (drives.get(runId) === driven) drives.delete(runId)
      const left = (held.get(tenantId) ?? 1) - 1
      if (left > 0) held.set(tenantId, left)
      else held.delete(tenantId)
      waiting.shift()?.()
    })
    return driven
  }

  function begin(fresh: Fresh, limits: Pick<EffectiveLimits, 'concurrentRuns'>): Drive | null {
    const { run } = fresh
    // Nobody in line is overtaken.
    if (stopping || !heartbeat || !hasRoom() || waiting.length > 0 || line.isFull(run.tenantId)) return null
    if ((held.get(run.tenantId) ?? 0) >= limits.concurrentRuns) return null
    return hold(freshRun(run, journal.clockOffsetMs), fresh)
  }

  /** A wake-up that comes while all hands are full waits for one; its job keeps it from the others in line. */
  async function room(): Promise<boolean> {
    while (!stopping && !hasRoom()) await new Promise<void>((resolve) => waiting.push(resolve))
    return !stopping
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
      if (!driven && claiming === 0)
        await release(pool, { tenantId: row.tenant_id, runId: row.id, token: Number(row.token) })
    }
  }

  const ended = () => Promise.all([...drives.values()].map(({ done }) => done))

  return {
    name,
    take,
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
      heartbeat = await startHeartbeat({ url: about.url, worker: name, leaseMs, log })
      await queue.listen({ atOnce: Math.max(4, Math.ceil(runsAtOnce / 4)), take })
    },
    async stop() {
      stopping = true
      unsubscribe()
      const left = [...drives.values()].map(({ run }) => run)
      for (const driven of drives.values()) driven.wind()
      for (const go of waiting.splice(0)) go()
      await queue.deafen().catch((error) => log.debug({ error }, 'The queue could not be closed'))
      if (!(await within(ended(), DRAIN_MS))) {
        for (const driven of drives.values()) driven.drop()
        await within(ended(), LAST_MS)
      }
      await within(journal.idle(), LAST_MS)
      await heartbeat?.stop()
      // Others need not wait for the sweeper to find them.
      await queue.wake(left).catch((error) => log.debug({ error }, 'The queue could not be told'))
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

import { createPostgresBackend, Queue, runMigrations, Worker, withBackend } from 'bullmq'
import pg from 'pg'
import { z } from 'zod'
import type { Log } from './log.ts'
import type { RunRef } from './new-run.ts'
import type { WakeQueue } from './queue.ts'

export interface QueuePlace {
  kind: 'postgres' | 'redis'
  url: string
}

const NAME = 'runs'
const PATIENCE_MS = 2_000
const LOOK_MS = 2_000
const EACH_MS = 5
const WakeUp = z.object({ tenantId: z.string(), runId: z.uuid() })
/** A wake-up is worth nothing once it was heard, and is not tried again: the sweeper makes a new one. */
const once = { attempts: 1, removeOnComplete: true, removeOnFail: true }
/** Whoever loses a wake-up to a stalled worker is found by the sweeper sooner. */
const settings = { removeOnComplete: { count: 0 }, removeOnFail: { count: 0 }, maxStalledCount: 3 }

interface Job {
  name: string
  data: RunRef
  opts: typeof once & { jobId: string }
}

type Take = (job: { data: unknown }) => Promise<void>

/** What both backends have in common of BullMQ. */
interface Backend {
  add(jobs: readonly Job[]): Promise<unknown>
  queue: {
    getWaitingCount(): Promise<number>
    close(): Promise<void>
    on(event: 'error', listener: (error: Error) => void): unknown
  }
  listen(take: Take, atOnce: number): Listener
}

interface Listener {
  close(force?: boolean): Promise<void>
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** BullMQ on Redis, or on Postgres where there is no Redis. */
export function createQueue({ place, log }: { place: QueuePlace; log: Log }): WakeQueue {
  let backend: Backend | undefined
  let listener: Listener | undefined
  const quietly = (error: Error) => log.debug({ error }, 'The queue is in trouble')
  const given = () => {
    if (!backend) throw new Error('The queue is not started')
    return backend
  }
  let isHealthy = false
  let looking: NodeJS.Timeout | undefined
  // Asked beforehand: who wants to know cannot wait for a server that does not answer.
  async function look() {
    isHealthy = await inTime(given().queue.getWaitingCount()).then(
      () => true,
      () => false,
    )
  }
  // A wake-up of the same run later is another one: its name must not be taken by one that is still there.
  let epoch = 0
  const nameOf = (runId: string) => `${runId}-${Date.now().toString(36)}-${(epoch++).toString(36)}`

  return {
    async wake(runs) {
      // Else BullMQ keeps them until the server is there, which may be never.
      if (!isHealthy) throw new Error('The queue is away')
      const jobs = runs.map(({ tenantId, runId }) => ({
        name: 'wake',
        data: { tenantId, runId },
        opts: { ...once, jobId: nameOf(runId) },
      }))
      await inTime(given().add(jobs), PATIENCE_MS + jobs.length * EACH_MS)
    },
    backlog: () => inTime(given().queue.getWaitingCount()),
    async listen({ atOnce, take }) {
      listener = given().listen(({ data }) => take(WakeUp.parse(data)), atOnce)
      listener.on('error', quietly)
    },
    async deafen() {
      const last = listener
      listener = undefined
      // Closed, not paused: a paused one may still take the next wake-up, and then drops it.
      if (last) await inTime(last.close(true))
    },
    healthy: () => isHealthy,
    async start() {
      backend = place.kind === 'redis' ? onRedis(place.url) : await onPostgres(place.url)
      backend.queue.on('error', quietly)
      await look()
      looking = setInterval(() => void look(), LOOK_MS).unref()
    },
    async close() {
      clearInterval(looking)
      // Not patient with a server that is away: nothing in the queue is needed.
      await Promise.allSettled([this.deafen(), inTime(backend?.queue.close())])
    },
  }
}

function onRedis(url: string): Backend {
  const shared = {
    url,
    connectTimeout: PATIENCE_MS,
    retryStrategy: (times: number) => Math.min(100 * times, 2_000),
  }
  const impatient = {
    ...shared,
    enableOfflineQueue: false,
    commandTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 0,
  }
  const queue = new Queue(NAME, { connection: impatient })
  return {
    queue,
    add: (jobs) => queue.addBulk([...jobs]),
    listen: (take, atOnce) =>
      new Worker(NAME, take, {
        connection: { ...shared, maxRetriesPerRequest: null },
        concurrency: atOnce,
        ...settings,
      }),
  }
}

async function onPostgres(url: string): Promise<Backend> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await runMigrations(client)
  } finally {
    await client.end()
  }
  const classes = withBackend(createPostgresBackend)
  // A wake-up may be lost with the server's power: the sweeper makes it again. So its commit need not reach the disk.
  const connection = { connectionString: url, max: 4, options: '-c synchronous_commit=off' }
  const queue = new classes.Queue(NAME, { connection })
  return {
    queue,
    // Not in bulk: on Postgres that makes two temporary tables each time, which the engine's login may not.
    add: (jobs) => Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts))),
    listen: (take, atOnce) =>
      new classes.Worker(NAME, take, { connection, concurrency: atOnce, ...settings }),
  }
}

async function inTime<T>(work: Promise<T> | undefined, ms = PATIENCE_MS): Promise<T> {
  if (!work) throw new Error('Nothing to wait for')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The queue does not answer')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

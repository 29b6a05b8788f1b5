import { createPostgresBackend, Queue, runMigrations, Worker, withBackend } from 'bullmq'
import pg from 'pg'
import type { Log } from './log.ts'
import type { WakeQueue } from './queue.ts'

export interface QueuePlace {
  kind: 'postgres' | 'redis'
  url: string
}

const NAME = 'runs'
const PATIENCE_MS = 2_000
const LOOK_MS = 2_000
/** A wake-up is worth nothing once it was heard, and is not tried again: the sweeper makes a new one. */
const once = { attempts: 1, removeOnComplete: true, removeOnFail: true }
/** Whoever loses a wake-up to a stalled worker is found by the sweeper sooner. */
const settings = { removeOnComplete: { count: 0 }, removeOnFail: { count: 0 }, maxStalledCount: 3 }

type Look = () => Promise<void>

/** What both backends have in common of BullMQ. */
interface Backend {
  add(): Promise<unknown>
  queue: {
    getWaitingCount(): Promise<number>
    close(): Promise<void>
    on(event: 'error', listener: (error: Error) => void): unknown
  }
  listen(look: Look): Listener
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

  return {
    async wake() {
      // Else BullMQ keeps them until the server is there, which may be never.
      if (!isHealthy) throw new Error('The queue is away')
      await inTime(given().add())
    },
    async listen(look) {
      listener = given().listen(look)
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
    add: () => queue.add('wake', {}, once),
    listen: (look) =>
      new Worker(NAME, look, {
        connection: { ...shared, maxRetriesPerRequest: null },
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
    add: () => queue.add('wake', {}, once),
    listen: (look) => new classes.Worker(NAME, look, { connection, ...settings }),
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

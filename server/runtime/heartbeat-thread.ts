import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import { z } from 'zod'

// Runs in a thread of its own with a connection of its own: work that blocks the main thread cannot stop it.
// It stops by itself when the main thread has shown no sign of life for long, as then nothing drives the runs.

const about = z
  .object({
    url: z.string(),
    worker: z.string(),
    leaseMs: z.number(),
    everyMs: z.number(),
    deadAfterMs: z.number(),
    pulse: z.instanceof(SharedArrayBuffer),
  })
  .parse(workerData)

const RENEW = `UPDATE run SET lease_until = now() + $2 * interval '1 ms'
  WHERE lease_owner = $1 AND lease_until IS NOT NULL AND finished_at IS NULL`

const pulse = new Int32Array(about.pulse)
let client: pg.Client | undefined
let lastPulse = -1
let lastPulseAt = Date.now()

async function beat() {
  const seen = Atomics.load(pulse, 0)
  if (seen !== lastPulse) {
    lastPulse = seen
    lastPulseAt = Date.now()
  }
  if (Date.now() - lastPulseAt > about.deadAfterMs) return
  try {
    client ??= await connect()
    await client.query(RENEW, [about.worker, about.leaseMs])
  } catch (error) {
    void client?.end().catch(() => undefined)
    client = undefined
    parentPort?.postMessage(error instanceof Error ? error.message : String(error))
  }
}

async function connect(): Promise<pg.Client> {
  const next = new pg.Client({
    connectionString: about.url,
    application_name: 'trama heartbeat',
    connectionTimeoutMillis: about.everyMs,
    query_timeout: about.everyMs,
  })
  next.on('error', () => {
    if (client === next) client = undefined
  })
  await next.connect()
  return next
}

async function forever() {
  for (;;) {
    await beat()
    await new Promise((resolve) => setTimeout(resolve, about.everyMs))
  }
}

void forever()

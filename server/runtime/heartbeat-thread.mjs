import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'

// Runs in a thread of its own with a connection of its own: work that blocks the main thread cannot stop it.
// It stops by itself when the main thread has shown no sign of life for long, as then nothing drives the runs.
// Plain JavaScript, because a thread does not inherit the loader that reads TypeScript.

const { url, worker, leaseMs, everyMs, deadAfterMs, pulse: shared } = workerData

const RENEW = `UPDATE run SET lease_until = now() + $2 * interval '1 ms'
  WHERE lease_owner = $1 AND lease_until IS NOT NULL AND finished_at IS NULL`

const pulse = new Int32Array(shared)
let client
let lastPulse = -1
let lastPulseAt = Date.now()

async function beat() {
  const seen = Atomics.load(pulse, 0)
  if (seen !== lastPulse) {
    lastPulse = seen
    lastPulseAt = Date.now()
  }
  if (Date.now() - lastPulseAt > deadAfterMs) return
  try {
    client ??= await connect()
    await client.query(RENEW, [worker, leaseMs])
    parentPort.postMessage(null)
  } catch (error) {
    client?.end().catch(() => undefined)
    client = undefined
    parentPort.postMessage(error instanceof Error ? error.message : String(error))
  }
}

async function connect() {
  const next = new pg.Client({
    connectionString: url,
    application_name: 'trama heartbeat',
    connectionTimeoutMillis: everyMs,
    query_timeout: everyMs,
  })
  next.on('error', () => {
    if (client === next) client = undefined
  })
  await next.connect()
  return next
}

for (;;) {
  await beat()
  await new Promise((resolve) => setTimeout(resolve, everyMs))
}

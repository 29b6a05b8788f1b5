import { Worker } from 'node:worker_threads'
import { LEASE_MS } from './claim.ts'
import type { Log } from './log.ts'

const PULSE_MS = 1_000
/** As long as the longest step that may block the main thread. */
const DEAD_AFTER_MS = 60_000

export interface Heartbeat {
  stop(): Promise<void>
}

/** Keeps the leases of everything this worker holds, from a thread that user work cannot block. */
export function startHeartbeat(about: {
  url: string
  worker: string
  log: Log
  leaseMs?: number
}): Heartbeat {
  const { url, worker, log, leaseMs = LEASE_MS } = about
  const shared = new SharedArrayBuffer(4)
  const pulse = new Int32Array(shared)
  const everyMs = Math.round(leaseMs * 0.3)
  const start = () => {
    const thread = new Worker(new URL('./heartbeat-thread.ts', import.meta.url), {
      workerData: { url, worker, leaseMs, everyMs, deadAfterMs: DEAD_AFTER_MS, pulse: shared },
      // The thread reads TypeScript whatever started the process.
      execArgv: ['--import', 'tsx'],
    })
    thread.on('message', (problem) => log.warn({ problem }, 'Leases could not be renewed'))
    thread.on('error', (error) => log.error({ error }, 'The heartbeat broke'))
    thread.on('exit', () => {
      if (!stopped) current = start()
    })
    thread.unref()
    return thread
  }
  let stopped = false
  let current = start()
  const timer = setInterval(() => Atomics.add(pulse, 0, 1), PULSE_MS).unref()

  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await current.terminate()
    },
  }
}

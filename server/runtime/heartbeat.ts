import { Worker } from 'node:worker_threads'
import { LEASE_MS } from './claim.ts'
import type { Log } from './log.ts'

const PULSE_MS = 1_000
const RESTART_MS = 500
/** As long as the longest step that may block the main thread. */
const DEAD_AFTER_MS = 60_000

export interface Heartbeat {
  stop(): Promise<void>
}

/**
 * Keeps the leases of everything this worker holds, from a thread that user work cannot block.
 * Resolves with its first beat: before that nothing may be claimed.
 */
export async function startHeartbeat(about: {
  url: string
  worker: string
  log: Log
  leaseMs?: number
}): Promise<Heartbeat> {
  const { url, worker, log, leaseMs = LEASE_MS } = about
  const shared = new SharedArrayBuffer(4)
  const pulse = new Int32Array(shared)
  const everyMs = Math.round(leaseMs * 0.3)
  let stopped = false
  let beating = () => {}
  const first = new Promise<void>((resolve) => {
    beating = resolve
  })

  function start(): Worker {
    const thread = new Worker(new URL('./heartbeat-thread.mjs', import.meta.url), {
      workerData: { url, worker, leaseMs, everyMs, deadAfterMs: DEAD_AFTER_MS, pulse: shared },
      // Without what started this process: a loader of TypeScript is not needed, and costs a second.
      execArgv: [],
    })
    thread.on('message', (problem: unknown) => {
      if (problem === null) beating()
      else log.warn({ problem }, 'Leases could not be renewed')
    })
    thread.on('error', (error) => log.error({ error }, 'The heartbeat broke'))
    thread.on('exit', () => {
      if (!stopped) setTimeout(restart, RESTART_MS).unref()
    })
    return thread
  }
  function restart() {
    if (!stopped) current = start()
  }
  let current = start()
  const timer = setInterval(() => Atomics.add(pulse, 0, 1), PULSE_MS).unref()
  await first

  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await current.terminate()
    },
  }
}

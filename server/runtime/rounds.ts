import type pg from 'pg'
import type { Bus } from './bus.ts'
import type { ConnectionDoor } from './connection-door.ts'
import { fireSchedules } from './fire-schedules.ts'
import type { Log } from './log.ts'
import type { RunRef } from './new-run.ts'
import { createPolls } from './poll-rounds.ts'
import type { FindDefinition } from './prepare.ts'
import type { WakeQueue } from './queue.ts'
import { mendOrder, sweep } from './sweep.ts'
import { sweepTasks } from './tasks.ts'
import type { Worker } from './worker.ts'

const SWEEP_MS = 1_000
const TICK_MS = 1_000
const INSPECT_MS = 3_000
const MEND_MS = 10_000

/** What is done again and again: the sweep, by workers and schedulers alike, and the schedules. */
export function createRounds(about: {
  pool: pg.Pool
  queue: WakeQueue
  worker: Worker | undefined
  roles: { worker: boolean; scheduler: boolean }
  wake: (runs: readonly RunRef[]) => Promise<void>
  bus: Bus
  door: ConnectionDoor
  find: FindDefinition
  sweepMs?: number
  log: Log
}) {
  const { pool, queue, worker, roles, wake, bus, log } = about
  const stops: (() => Promise<void>)[] = []
  const polls = createPolls(about)

  async function sweepOnce() {
    const tenants = await sweep(pool)
    // A worker looks in any case: what waited for room, or whose hint was lost, has its turn now.
    if (worker) await worker.look()
    else if (tenants > 0)
      await queue.wake().catch((error) => log.debug({ error }, 'The queue could not be told'))
    await sweepTasks({ pool, bus, wake })
  }

  return {
    start() {
      const again = (name: string, everyMs: number, work: () => Promise<unknown>) =>
        stops.push(repeat({ everyMs, work, failed: (error) => log.warn({ error }, `${name} failed`) }))
      if (roles.worker || roles.scheduler) again('The sweep', about.sweepMs ?? SWEEP_MS, sweepOnce)
      if (worker) again('The inspection', INSPECT_MS, () => worker.inspect())
      if (roles.worker || roles.scheduler) again('The mending', MEND_MS, () => mendOrder(pool))
      if (roles.scheduler)
        again('The schedules', TICK_MS, async () => {
          await wake(await fireSchedules(pool, { log }))
        })
      if (roles.scheduler) again('The polls', TICK_MS, polls.round)
    },
    async stop() {
      await Promise.all([...stops.splice(0).map((stop) => stop()), polls.stop()])
    },
  }
}

/** Does the work, waits, does it again; what fails is tried again next time. */
export function repeat(about: {
  everyMs: number
  work: () => Promise<unknown>
  failed: (error: unknown) => void
}) {
  let stopped = false
  let wake = () => {}
  const going = (async () => {
    while (!stopped) {
      await about.work().catch(about.failed)
      if (!stopped)
        await new Promise<void>((resolve) => {
          // Copies that started together drift apart.
          const timer = setTimeout(resolve, about.everyMs * (0.9 + Math.random() * 0.2))
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
    }
  })()
  return async () => {
    stopped = true
    wake()
    await going
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Hurt } from '../world/fleet.ts'
import type { World } from '../world/installation.ts'
import { doubleHints } from './double-hints.ts'
import { atWork, begins, type Hands } from './hands.ts'

export interface Fault {
  name: string
  /** How often it comes beside the others. */
  weight: number
  /** How many processes it kills. */
  kills: number
  needs?: 'redis'
  /** Two that hurt the same server do not come at once. */
  hurts?: 'queue' | 'database'
  /** Resolves when it is over and what it hurt is coming back. */
  inject(hands: Hands): Promise<void>
}

const HOUR_MS = 3_600_000
const workerNames = ['all', 'worker-1', 'worker-2'] as const
const standing = ['all', 'web', 'worker-1', 'worker-2', 'scheduler'] as const
const webNames = ['all', 'web'] as const
const schedulerNames = ['scheduler', 'all'] as const

/** Everything that is done to it. What takes longer than a moment goes on beside the rest. */
export const faults: readonly Fault[] = [
  {
    name: 'kill -9 of a worker',
    weight: 12,
    kills: 1,
    inject: (hands) => kill(hands, workerNames),
  },
  {
    name: 'kill -9 of a web process',
    weight: 5,
    kills: 1,
    inject: (hands) => kill(hands, webNames),
  },
  {
    name: 'kill -9 of a scheduler',
    weight: 2,
    kills: 1,
    inject: (hands) => kill(hands, schedulerNames),
  },
  {
    name: 'SIGSTOP past the lease, then SIGCONT',
    weight: 1,
    kills: 0,
    inject: async (hands) =>
      hands.world.fleet.pause(await atWork(hands, workerNames), hands.random.between(12_000, 15_000)),
  },
  {
    name: 'event loop blocked for 13 s',
    weight: 1,
    kills: 0,
    inject: async (hands) => hands.world.fleet.block(await atWork(hands, workerNames)),
  },
  {
    name: 'a clock an hour off',
    weight: 1,
    kills: 1,
    inject: (hands) =>
      kill(hands, [...workerNames, 'scheduler'], { clockMs: hands.random.next() < 0.5 ? HOUR_MS : -HOUR_MS }),
  },
  {
    name: 'PostgreSQL restarted, fast',
    weight: 0.5,
    kills: 0,
    hurts: 'database',
    inject: ({ world }) => restartPostgres(world, 'SIGINT'),
  },
  {
    name: 'PostgreSQL restarted, immediate',
    weight: 0.5,
    kills: 0,
    hurts: 'database',
    inject: ({ world }) => restartPostgres(world, 'SIGQUIT'),
  },
  {
    name: 'Redis FLUSHALL',
    weight: 1,
    kills: 0,
    needs: 'redis',
    hurts: 'queue',
    inject: ({ world }) => world.servers.flushRedis(),
  },
  {
    name: 'Redis killed, back empty',
    weight: 1,
    kills: 0,
    needs: 'redis',
    hurts: 'queue',
    inject: ({ world, random }) => world.servers.restartRedis(random.between(200, 4_000)),
  },
  {
    name: 'queue messages doubled, and of nothing',
    weight: 1,
    kills: 0,
    hurts: 'queue',
    inject: ({ world, random }) => doubleHints(world, random),
  },
  {
    name: 'rolling deploy (SIGTERM one after the other)',
    weight: 0.4,
    kills: 0,
    inject: async ({ world, processes }) => {
      // Not those that come and go meanwhile.
      for (const name of standing) {
        const { pid } = await world.fleet.replace(name)
        await begins(processes, pid)
      }
    },
  },
  {
    name: 'a third scheduler comes and goes',
    weight: 0.5,
    kills: 0,
    inject: async ({ world }) => {
      const name = `scheduler-${Date.now()}`
      await world.fleet.add(name, 'scheduler')
      await sleep(8_000)
      await world.fleet.remove(name)
    },
  },
]

/** One of several, all of which do the same: another goes on with the work meanwhile. */
async function kill(hands: Hands, names: readonly string[], wrong: Hurt = {}): Promise<void> {
  await hands.world.fleet.kill(await atWork(hands, names), wrong)
}

async function restartPostgres({ servers, fleet }: World, signal: 'SIGINT' | 'SIGQUIT') {
  const from = Date.now()
  await servers.restartPostgres(signal)
  fleet.away.push({ from, until: Date.now() })
}

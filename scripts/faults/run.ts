import { setTimeout as sleep } from 'node:timers/promises'
import { type Checked, check } from './checker/check.ts'
import { injectFaults } from './faults/inject.ts'
import { startLoad } from './load.ts'
import { randomFrom } from './random.ts'
import { publishAll } from './workflows.ts'
import { addTheRest, patiently, startWorld, type World } from './world/installation.ts'
import { watchProcesses } from './world/processes.ts'

const QUIET_MS = 20_000

export interface FaultsAbout {
  seed: number
  queue: 'redis' | 'postgres'
  kills: number
  seconds: number
  perSecond: number
  pauseMs: { from: number; to: number }
  /** How long a run may still take when nothing is broken any more. */
  quietMs?: number
  /** Which faults; absent: all. */
  only?(name: string): boolean
  say(text: string): void
}

export interface FaultsFound extends Checked {
  seed: number
  queue: string
  injected: Map<string, number>
  falls: World['fleet']['falls']
}

/** Real processes under load, hurt again and again; then what the history says. */
export async function runFaults(about: FaultsAbout): Promise<FaultsFound> {
  const { seed, queue, say } = about
  say(`Seed ${seed}, ${queue} queue: starting …`)
  const world = await startWorld({ seed, queue, errors: 0.04 })
  const processes = watchProcesses(world.db)
  try {
    await publishAll(world.publish, { provider: world.provider.origin, connection: world.connection })
    await addTheRest(world)
    // Its own numbers: how many calls there are must not change which faults come.
    const load = startLoad({
      origins: () => world.fleet.webs().map(({ origin }) => origin),
      perSecond: about.perSecond,
      random: randomFrom(seed + 1),
    })
    const injected = await injectFaults({ ...about, world, processes, random: randomFrom(seed) })
    say('No more faults; the load ends …')
    await load.stop()
    await world.fleet.areUp()
    await quiet(world, about)
    const checked = await check({ world, load, processes })
    return { seed, queue, injected, falls: world.fleet.falls, ...checked }
  } finally {
    processes.stop()
    await world.stop()
  }
}

/** Until everything has ended that can, or the time is up. */
async function quiet({ db }: World, { say, quietMs = QUIET_MS }: FaultsAbout) {
  say('Waiting for what is under way …')
  const until = Date.now() + quietMs
  // Nothing new must come from the clock.
  await patiently(() => db.query('UPDATE schedule SET next_at = NULL'))
  while (Date.now() < until) {
    const { rows } = await db.query(
      `SELECT FROM run WHERE finished_at IS NULL AND NOT EXISTS (SELECT FROM task
         WHERE task.tenant_id = run.tenant_id AND task.run_id = run.id AND task.kind = 'attention') LIMIT 1`,
    )
    if (rows.length === 0) return
    await sleep(200)
  }
}

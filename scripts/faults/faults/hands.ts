import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import type { Member } from '../world/fleet.ts'
import type { World } from '../world/installation.ts'
import type { Processes } from '../world/processes.ts'

/** What a fault needs to do its work. */
export interface Hands {
  world: World
  processes: Processes
  random: Random
}

const LOOK_MS = 100
const PATIENCE_MS = 120_000

/**
 * One of these that is at work while another of them is too: a process that only comes up has nothing to lose, and
 * nothing is promised for when nobody is left. Waits for the ones that were hurt before.
 */
export async function atWork({ world, processes, random }: Hands, names: readonly string[]): Promise<string> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const members = names.map((name) => world.fleet.named(name))
    const up = await Promise.all(members.map((one) => isAtWork(one, { world, processes })))
    const ready = names.filter((_, at) => up[at])
    if (ready.length > 1) return random.one(ready)
    await sleep(LOOK_MS)
  }
  throw new Error('too few processes came up')
}

/** Until there is somebody to hurt: one that serves, two that work. Else it would only be kept from coming up. */
export async function somebodyIsThere({ world, processes }: Omit<Hands, 'random'>): Promise<void> {
  const count = async (members: readonly Member[]) => {
    const up = await Promise.all(members.map((one) => isAtWork(one, { world, processes })))
    return up.filter((is) => is).length
  }
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    if ((await count(world.fleet.webs())) > 0 && (await count(world.fleet.workers())) > 1) return
    await sleep(LOOK_MS)
  }
}

/** Until a process has begun to work, as far as it does. */
export async function begins({ workers }: Processes, pid: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until && ![...workers.values()].includes(pid)) await sleep(LOOK_MS)
}

async function isAtWork(
  { pid, name, role, origin }: Member,
  { world, processes }: Pick<Hands, 'world' | 'processes'>,
): Promise<boolean> {
  if (world.fleet.still.has(name) || ![...processes.workers.values()].includes(pid)) return false
  if (role !== 'web' && role !== 'all') return true
  return fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(2_000) }).then(
    (reply) => reply.text().then(() => true),
    () => false,
  )
}

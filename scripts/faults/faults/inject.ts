import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import { type Hands, somebodyIsThere } from './hands.ts'
import { type Fault, faults } from './kinds.ts'

interface About extends Hands {
  /** At least so many processes are killed, and at least so long. */
  kills: number
  seconds: number
  /** Between one fault and the next. */
  pauseMs: { from: number; to: number }
  only?(name: string): boolean
  say(text: string): void
}

/** Hurts the world again and again; gives how often each way. Resolves when the last is over. */
export async function injectFaults(about: About): Promise<Map<string, number>> {
  const { world, processes, random, kills, seconds, pauseMs, only = () => true, say } = about
  const injected = new Map<string, number>()
  const under = new Map<string, Promise<void>>()
  const possible = faults.filter(
    ({ name, needs }) => only(name) && (needs !== 'redis' || world.queue === 'redis'),
  )
  const until = Date.now() + seconds * 1_000
  let killed = 0
  while (killed < kills || Date.now() < until) {
    await somebodyIsThere(about)
    const fault = next({ possible, injected, under, random })
    if (!fault) {
      await sleep(pauseMs.from)
      continue
    }
    say(`${fault.name} …`)
    const done = fault
      .inject({ world, processes, random })
      .then(() => {
        injected.set(fault.name, (injected.get(fault.name) ?? 0) + 1)
        killed += fault.kills
      })
      .catch((error: unknown) => say(`${fault.name}: ${error instanceof Error ? error.message : error}`))
      .finally(() => under.delete(fault.name))
    under.set(fault.name, done)
    await sleep(random.between(pauseMs.from, pauseMs.to))
  }
  await Promise.all(under.values())
  return injected
}

/** By weight, but never twice at once; whatever has not come at all comes first now and then. */
function next(about: {
  possible: readonly Fault[]
  injected: Map<string, number>
  under: Map<string, Promise<void>>
  random: Random
}): Fault | null {
  const { possible, injected, under, random } = about
  const hurt = possible.flatMap(({ name, hurts }) => (under.has(name) && hurts ? [hurts] : []))
  const free = possible.filter(({ name, hurts }) => !under.has(name) && (!hurts || !hurt.includes(hurts)))
  if (free.length === 0) return null
  const unseen = free.filter(({ name }) => !injected.has(name))
  if (unseen.length > 0 && random.next() < 0.3) return random.one(unseen)
  let left = random.next() * free.reduce((sum, { weight }) => sum + weight, 0)
  for (const fault of free) {
    left -= fault.weight
    if (left <= 0) return fault
  }
  return random.one(free)
}

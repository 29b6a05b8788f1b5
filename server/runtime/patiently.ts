import { setTimeout as sleep } from 'node:timers/promises'
import { isAway } from './refusal.ts'

const PATIENCE_MS = 30_000
const AGAIN_MS = 250

/** Does what may be done again until the database is there to do it, for half a minute at most. */
export async function patiently<T>(
  work: () => Promise<T>,
  { patienceMs = PATIENCE_MS, againMs = AGAIN_MS } = {},
): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isAway(error) || performance.now() > until) throw error
      await sleep(againMs)
    }
  }
}

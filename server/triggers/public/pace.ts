import { HttpRefusal } from '../http-refusal.ts'

/** How often something may be done by whoever a name stands for. */
export interface Pace {
  /** Counts one; throws 429 when that is too many. */
  step(name: string): void
}

const MOST_NAMES = 20_000

/** So many in each window of time, for each name; kept in this process only. */
export function createPace(about: { most: number; everyMs: number; now?: () => number }): Pace {
  const { most, everyMs, now = Date.now } = about
  const seen = new Map<string, { since: number; count: number }>()
  return {
    step(name) {
      const at = now()
      const before = seen.get(name)
      const current = before && at - before.since < everyMs ? before : { since: at, count: 0 }
      current.count += 1
      // Newest last, so that the oldest is forgotten first.
      seen.delete(name)
      seen.set(name, current)
      const [oldest] = seen.keys()
      if (seen.size > MOST_NAMES && oldest !== undefined) seen.delete(oldest)
      if (current.count > most) throw tooMany(Math.ceil((current.since + everyMs - at) / 1000))
    },
  }
}

export function tooMany(seconds: number): HttpRefusal {
  return new HttpRefusal({
    status: 429,
    code: 'limit_reached',
    message: `That was a lot at once; go on in ${seconds} seconds`,
    headers: { 'retry-after': String(seconds) },
  })
}

import type { Rate } from '#nodes/kit/reliability.ts'

/** A limit as it is kept: so many turns in any stretch of `apartMs`, each good for `weight` calls. */
export interface Pace {
  turns: number
  apartMs: number
  weight: number
  /** The most calls that one process may hold for itself at once, and how long it may. */
  ahead: number
  freshMs: number
}

/** More turns than these of one gate are not remembered. */
const MOST_TURNS = 1_000
const SECOND = 1_000

/**
 * 60,000 calls a minute are kept as 1,000 a second, and 6,000 a second as 1,000 turns of 6 calls: never more than was
 * set. A tenth of the time may be taken ahead, a second at most. Such turns may be used late, and keep that much more
 * apart.
 */
export function paceOf({ calls, perMs }: Rate): Pace {
  const parts = Math.max(1, Math.min(Math.ceil(calls / MOST_TURNS), Math.floor(perMs / SECOND)))
  const inPart = Math.floor(calls / parts)
  const partMs = perMs / parts
  const weight = Math.ceil(inPart / MOST_TURNS)
  const freshMs = Math.min(SECOND, partMs / 10)
  // Of slow limits nothing, so that no worker holds what another waits for.
  const ahead = Math.floor((inPart * freshMs) / partMs)
  const isAhead = ahead > 1 || weight > 1
  const apartMs = isAhead ? partMs + freshMs : partMs
  return { turns: Math.floor(inPart / weight), apartMs, weight, ahead: isAhead ? ahead : 0, freshMs }
}

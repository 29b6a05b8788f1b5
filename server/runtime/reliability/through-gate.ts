import { setTimeout } from 'node:timers/promises'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Guard, Guards } from './guards.ts'

/** How something ends that passes a gate. */
interface End {
  type: string
  failure?: Failure
}
type Stopped = { type: 'failed'; failure: Failure }

interface Passing {
  guards: Guards
  guard: Guard
  tenantId: string
  signal: AbortSignal
  /** It has its turn already. */
  hasTurn?: boolean
  /** A longer wait for a turn is the caller's: `held`. */
  patienceMs: number
}

/** Does the work when its gate lets it: not while the breaker is open, and when its turn has come. Says how it went. */
export async function throughGate<Done extends End>(
  passing: Passing,
  work: () => Promise<Done>,
): Promise<Done | Stopped | { type: 'held'; waitMs: number }> {
  const { guards, guard, tenantId, signal, hasTurn = false, patienceMs } = passing
  const { limiter, breakers } = guards
  const { gate, rates, breaker } = guard
  const of = breaker && { tenantId, gate, breaker }
  // Looked at before a turn is taken, which would be for nothing.
  const openMs = of ? await breakers.openFor(of) : 0
  if (openMs > 0) return open(openMs)
  if (!hasTurn && rates.length > 0) {
    const waits = await Promise.all(rates.map((rate) => limiter.take({ tenantId, gate, rate })))
    const waitMs = Math.max(...waits)
    if (waitMs > patienceMs) return { type: 'held', waitMs }
    if (waitMs > 0) await setTimeout(waitMs, undefined, { signal }).catch(() => undefined)
  }
  if (signal.aborted) return { type: 'failed', failure: cancelled }
  const stillOpenMs = of ? await breakers.pass(of) : 0
  if (stillOpenMs > 0) return open(stillOpenMs)
  const end = await work()
  const went = wentOf(end)
  if (of && went) await breakers.record(of, went)
  return end
}

function open(openMs: number): Stopped {
  const seconds = Math.ceil(openMs / 1_000)
  return {
    type: 'failed',
    failure: {
      code: 'circuit_open',
      message: `What this step calls has failed again and again, so it is left alone for another ${seconds} s.`,
      retryable: true,
      retryAfterMs: Math.ceil(openMs),
    },
  }
}

const cancelled: Failure = { code: 'cancelled', message: 'The run was cancelled.', retryable: false }

/** Our own doing: it says nothing of the other side. */
const ours: ReadonlySet<string> = new Set(['cancelled', 'unexpected', 'circuit_open'])

/** Whether the other side could be reached and answered; null when this says nothing about it. */
export function wentOf({ type, failure }: End): 'up' | 'down' | null {
  if (type !== 'failed' || !failure) return 'up'
  if (ours.has(failure.code)) return null
  return failure.retryable || failure.code === 'outcome_unknown' ? 'down' : 'up'
}

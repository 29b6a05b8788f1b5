import type { Failure } from '#nodes/kit/failure.ts'
import { type AttemptEnd, attemptStep } from '../step-attempt.ts'
import { type Guard, guardOf } from './guards.ts'
import { keptBefore } from './kept-before.ts'
import { askedAfterwards, askedBefore } from './reconcile.ts'
import { throughGate } from './through-gate.ts'

export type AttemptAbout = Parameters<typeof attemptStep>[0]

/** A pause this short is waited for; for a longer one the step lets go. */
const PATIENCE_MS = 1_000

interface How {
  /** An attempt before it may have happened. */
  doubt: Failure | null
  /** It was held, and this is its turn. */
  hasTurn: boolean
}

/** One attempt at a step, through whatever guards it: what is kept, the breaker, the limit. Nothing set, nothing done. */
export async function guardedAttempt(about: AttemptAbout, how: How): Promise<AttemptEnd> {
  const { node, definition, held, parts } = about
  const settled = how.doubt && (await askedBefore(about, how.doubt))
  if (settled) return settled
  const { tenantId, workflowId } = held.run
  const found = guardOf(parts.guards, { tenantId, workflowId, node, definition })
  const guard = found instanceof Promise ? await found : found
  const end = guard ? await through(about, guard, how) : await attemptStep(about)
  return definition.reconcile ? askedAfterwards(about, end) : end
}

async function through(about: AttemptAbout, guard: Guard, { hasTurn }: How): Promise<AttemptEnd> {
  const { held, signal, parts } = about
  const { guards } = parts
  const { tenantId } = held.run
  const kept = guard.cache && (await keptBefore(about, guard.cache))
  if (kept?.end) return kept.end
  const passing = { guards, guard, tenantId, signal, hasTurn, patienceMs: PATIENCE_MS }
  const end = await throughGate(passing, () => attemptStep(about))
  // On the database's clock, as all that is due.
  if (end.type === 'held' && 'waitMs' in end)
    return { type: 'held' as const, untilMs: Math.ceil(held.now() + end.waitMs) }
  // The step is over: that it will be done again where it might have been kept is no reason to fail.
  await kept?.keep(end).catch((error) => parts.log.warn({ error, tenantId }, 'An output could not be kept'))
  return end
}

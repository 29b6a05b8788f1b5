import { createHash, hash } from 'node:crypto'
import type { Effect } from '#nodes/kit/define-node.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { StepId } from '#server/engine/history.ts'
import type { StepState } from '#server/engine/state.ts'

/** A step that was in flight this many times when its worker died is not tried again. */
const MOST_CRASHES = 3

/** The same for every attempt of a step, on whatever worker; different for every other step. */
export function idempotencyKey(runId: string, step: StepId): string {
  return hash('sha256', `${runId}/${step}`).slice(0, 32)
}

/** Whether all that happened before must be on disk before the step runs: it touches the world outside. */
export function isFelt(effect: Effect): boolean {
  return effect === 'idempotent' || effect === 'once'
}

/** Why a step that was in flight when its worker died or let go must not simply run again; null when it may. */
export function whyNotAgain(past: StepState | undefined, effect: Effect): Failure | null {
  if (past?.status !== 'interrupted') return null
  if (past.crashes >= MOST_CRASHES) {
    const message = `The worker died ${past.crashes} times while this step ran. It is not tried again.`
    return { code: 'worker_crashed', message, retryable: false }
  }
  return effect === 'once' ? outcomeUnknown('this step') : null
}

/** Of what may happen once, and was under way when nobody was left to see how it went. */
export const outcomeUnknown = (what: string): Failure => ({
  code: 'outcome_unknown',
  message: `The worker stopped while ${what} ran, so it may have happened or not. It is not repeated by itself.`,
  retryable: false,
})

/** When to try again: never before the delay is over, and up to a fifth later, so that failures do not come back together. */
export function dueMs(command: { sinceMs: number; delayMs: number; step: StepId }, runId: string): number {
  if (command.delayMs === 0) return 0
  const spread = createHash('sha256')
    .update(`${runId}/${command.step}/${command.sinceMs}`)
    .digest()
    .readUInt16BE(0)
  return command.sinceMs + Math.round(command.delayMs * (1 + (0.2 * spread) / 0xffff))
}

import { createHash, hash } from 'node:crypto'
import type { Effect } from '#nodes/kit/define-node.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import { noRetry, retryPolicy, retryWindow } from '#nodes/kit/reliability.ts'
import type { StepId } from '#server/engine/history.ts'
import { type StepState, stepState } from '#server/engine/state.ts'
import type { HeldRun } from './held-run.ts'
import type { FindDefinition, Prepared } from './prepare.ts'

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

/** When a step that failed may be tried again: at a moment of its own within the pause, the same on every worker. */
export function dueMs(
  command: { sinceMs: number; delayMs: number; step: StepId; node: string },
  { held, prepared, find }: { held: HeldRun; prepared: Prepared; find: FindDefinition },
): number {
  const { sinceMs, delayMs, step } = command
  if (delayMs === 0) return sinceMs
  const node = prepared.graph.nodes.get(command.node)
  const definition = node && find(node.type, node.version)
  const own = definition?.role === 'step' ? definition.retry : undefined
  const past = stepState(held.state, step)
  const failure = past?.status === 'failed' ? past.failure : undefined
  const policy = retryPolicy(own ?? noRetry, node?.reliability)
  return retryAt({ sinceMs, delayMs, name: `${held.run.runId}/${step}` }, { policy, failure })
}

/** Somewhere in the window of a retry; where, follows from the name and the failure's time. */
export function retryAt(
  { sinceMs, delayMs, name }: { sinceMs: number; delayMs: number; name: string },
  about: Parameters<typeof retryWindow>[1],
): number {
  const { fromMs, toMs } = retryWindow(delayMs, about)
  const spread = createHash('sha256').update(`${name}/${sinceMs}`).digest().readUInt32BE(0) / 2 ** 32
  return sinceMs + Math.round(fromMs + (toMs - fromMs) * spread)
}

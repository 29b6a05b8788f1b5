import type { ClaimedRun } from './claim.ts'
import type { NewRun } from './new-run.ts'

/** One attempt at a step, as it is watched. */
export interface WatchedStep {
  run: ClaimedRun
  step: string
  attempt: number
  /** The type of its node. */
  type: string
}

/** Watches the runtime: metrics and traces. Each wraps what it watches, and changes nothing of it. */
export interface Observe {
  accepting<T>(run: NewRun, work: () => Promise<T>): Promise<T>
  driving<T extends { done: Promise<void> }>(run: ClaimedRun, begin: () => T): T
  attempting<T extends { type: string }>(step: WatchedStep, work: () => Promise<T>): Promise<T>
  ended(run: ClaimedRun, end: { status: string; tookMs: number; costUsd: number }): void
}

export const unobserved: Observe = {
  accepting: (_run, work) => work(),
  driving: (_run, begin) => begin(),
  attempting: (_step, work) => work(),
  ended: () => {},
}

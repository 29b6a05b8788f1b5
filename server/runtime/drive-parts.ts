import type { ClaimedRun } from './claim.ts'
import type { HeldRun } from './held-run.ts'
import type { Journal } from './journal.ts'
import type { Log } from './log.ts'
import type { NewRun, RunResult } from './new-run.ts'
import type { Observe } from './observe.ts'
import type { FindDefinition, Prepared } from './prepare.ts'
import type { AttemptParts } from './step-attempt.ts'

export interface DriveParts extends AttemptParts {
  observe: Observe
  journal: Journal
  find: FindDefinition
  prepare: (run: ClaimedRun) => Promise<Prepared>
  replay: (held: HeldRun) => Promise<void>
  release: (run: ClaimedRun) => Promise<void>
  worker: string
  log: Log
}

/** A run in the hands of this worker. */
export interface Drive {
  readonly run: ClaimedRun
  /** When it has ended, waits without a worker, was let go or was lost. Never rejects. */
  readonly done: Promise<void>
  /** What its caller is told, once that is committed; null when that is not heard here. Never rejects. */
  readonly answer: Promise<RunResult | null>
  /** Resolves when it is written for the first time: at once for a run that was claimed. Rejects with why it is not. */
  readonly created: Promise<void>
  /** Has what there is of it written now. */
  hurry(): void
  cancel(reason: string): void
  /** An answer to what it asked may have come in. */
  answered(): void
  /** Begins nothing new, and lets go when what is in flight has ended. */
  wind(): void
  /** Lets go now; what is in flight is aborted and its outcome is not recorded. */
  drop(): void
}

/** A run that begins here: `atOnce` when somebody waits for it to be written. */
export interface Fresh {
  run: NewRun
  atOnce: boolean
}

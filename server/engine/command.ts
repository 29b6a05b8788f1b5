import type { NodeKey } from '#nodes/graph/document.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { RunOutcome, StepId } from './history.ts'

export interface StepCommand {
  step: StepId
  node: NodeKey
  attempt: number
}

/** What must happen next. The engine asks; the runtime obeys. */
export type Command =
  /** `delayMs` counts from `sinceMs`, when the attempt before it failed. `undo`: its end says that it can be undone. */
  | ({ type: 'run-step'; delayMs: number; sinceMs: number; undo?: true } & StepCommand)
  /** Find the list of a frame or a repeating node. */
  | ({ type: 'open-step' } & StepCommand)
  | ({ type: 'close-iteration'; index: number; output: Json } & StepCommand)
  /** Every iteration is closed, or every part of a *try* walked. */
  | ({ type: 'close-step'; output: Json } & StepCommand)
  /** An iteration failed and nothing of it is in flight any more. */
  | ({ type: 'fail-step'; failure: Failure; cause: StepId } & StepCommand)
  /** The body of a *try* failed and nothing of it is in flight any more. */
  | ({ type: 'catch-step'; failure: Failure; cause: StepId } & StepCommand)
  /** All that undoes a step is done, or has `failed`. */
  | ({ type: 'end-undo'; failed?: { failure: Failure; step: StepId } } & StepCommand)
  | { type: 'finish-run'; status: RunOutcome; output: Json; failure?: Failure & { step?: StepId } }

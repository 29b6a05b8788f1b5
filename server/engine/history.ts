import type { NodeKey } from '#nodes/graph/document.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Usage } from '#nodes/kit/model.ts'

/**
 * One visit to one node. Named after the graph, never after the order things happened in: `fetch`, `each[2].send`,
 * `send[3]` for a node that repeats for each, `undo(charge).refund` for what undoes a step.
 */
export type StepId = string

export type RunOutcome = 'succeeded' | 'failed' | 'cancelled'

export type SubStepKind = 'model' | 'tool' | 'ask' | 'call' | 'other'

/** Why a step needs attention: nobody knows how it went, it is out of retries, or workers died of it. */
export interface Attention {
  why: 'unknown' | 'exhausted' | 'crashed'
  failure: Failure
}

/** Everything that has happened in a run. Appended to, never edited. */
export type RunEvent =
  | { type: 'run.started'; trigger: NodeKey; output: Json }
  /** A worker took the run; `reason` says why when it was not the first. */
  | { type: 'run.claimed'; worker: string; token: number; reason: 'queued' | 'takeover' | 'woken' }
  | { type: 'run.responded'; step: StepId; status: number; headers: Record<string, string>; body: Json }
  | { type: 'run.cancelled'; reason: string }
  /** Its time limit passed: what is in flight is aborted, and it fails. */
  | { type: 'run.timed_out'; failure: Failure }
  | { type: 'run.finished'; status: RunOutcome; output: Json; failure?: Failure & { step?: StepId } }
  | StepEvent

export type StepEvent = { step: StepId; attempt: number } & (
  | { type: 'step.started' }
  /** A frame or a repeating node found its list. `items` is kept so that a replay sees the same list. `most`: it goes round that often at most. */
  | { type: 'step.opened'; items: Json[]; concurrency?: number; most?: number }
  /** An iteration of an opened step ended; its own steps' events may be folded away. `met`: no round comes after it. */
  | { type: 'iteration.closed'; index: number; output: Json; met?: boolean }
  | { type: 'step.waiting'; untilMs: number; port: string; output: Json; undo?: true }
  /** It has a turn under a rate limit, and runs when that comes. */
  | { type: 'step.held'; untilMs: number }
  /** It asked what only somebody else can answer; it runs again from its start when an answer is in. */
  | {
      type: 'step.suspended'
      asks: { name: string; task: string; untilMs: number | null }[]
      /** It did not end well, and asks what is to become of it rather than fail. */
      attention?: Attention
    }
  /** A sub-step: a model call, a tool call. */
  | { type: 'substep.started'; name: string; kind: SubStepKind; title: string; input?: Json }
  /** Never done again: the step gets this output whenever it comes to that name. `took` in ms. */
  | { type: 'substep.finished'; name: string; output: Json; took?: number; usage?: Usage }
  | { type: 'substep.failed'; name: string; failure: Failure; took?: number }
  | { type: 'step.logged'; message: string; data?: Json }
  /**
   * `undo`: it is undone should the run fail. `reused`: taken over from the run this one replays, not done in it (and so
   * not undone either); `edited`: with an output somebody gave.
   */
  | { type: 'step.finished'; port: string; output: Json; undo?: true; reused?: true; edited?: true }
  /** `cause` is the step inside a frame or a repeating node that made it fail. `reused`: in the run this one replays. */
  | { type: 'step.failed'; failure: Failure; cause?: StepId; reused?: true }
  /** The body of a *try* failed, and nothing of it is in flight: what catches has its turn. */
  | { type: 'step.caught'; failure: Failure; cause: StepId }
  /** What the step had done is undone. */
  | { type: 'step.undone' }
  /** It could not be undone, or not wholly: `cause` is the step that failed. The others are undone all the same. */
  | { type: 'step.undo_failed'; failure: Failure; cause: StepId }
)

/** An event as stored: `seq` counts from 1 within its run, `at` is the database's clock in ms. */
export interface StoredEvent {
  seq: number
  at: number
  event: RunEvent
}

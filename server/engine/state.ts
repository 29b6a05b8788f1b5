import type { NodeKey } from '#nodes/graph/document.ts'
import { stepName } from '#nodes/graph/step-name.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Attention, StepId } from './history.ts'
import type { Opened } from './opened.ts'
import { type Asked, noUsage, type Records, type UsageTotal } from './sub-steps.ts'
import type { Undoable } from './undoable.ts'

/** The last thing that happened to a step. `records`: what its sub-steps have come to, until it has ended. */
export type StepState = { attempt: number } & (
  | { status: 'started'; crashes: number; records?: Records }
  /** It was in flight when its worker died or let go; `crashes` counts the deaths. */
  | { status: 'interrupted'; crashes: number; records?: Records }
  | { status: 'waiting'; untilMs: number; port: string; output: Json; undo?: true }
  /** Its turn under a rate limit comes then; it was not begun. */
  | { status: 'held'; untilMs: number; records?: Records }
  /** It asked; once one of the answers is in it runs again, as the same attempt. */
  | {
      status: 'suspended'
      asks: readonly Asked[]
      answered: boolean
      attention?: Attention
      records?: Records
    }
  | Opened
  | { status: 'finished'; port: string; output: Json }
  | { status: 'failed'; failure: Failure; cause?: StepId; at: number; records?: Records }
)

/** The steps of one scope by their node's key: of the whole workflow, or of one iteration. */
export type Scope = Map<NodeKey, StepState>

/** What a history adds up to. `apply` changes it in place: a run has one, in the worker that holds it. */
export interface RunState {
  status: 'running' | 'cancelling' | 'finished'
  trigger: NodeKey | null
  root: Scope
  /** The step that answered the caller. */
  responded: StepId | null
  waiting: Map<StepId, { untilMs: number }>
  /**
   * What steps asked last, until they end: while they run again too. Also of those whose frame has failed, until the
   * runtime has closed their tasks.
   */
  asked: Map<StepId, readonly Asked[]>
  /** What was done and can be undone, in the order in which it was done; the last is undone first. */
  undoable: Undoable[]
  /** The run has failed or was cancelled, and undoing has begun. */
  undoing: boolean
  /** The steps that undo the last of `undoable`. */
  undo: Scope
  /** Why it was stopped, if not by somebody: its time was up. */
  stopped: Failure | null
  used: UsageTotal
  /** How often a worker died while it held the run. */
  takeovers: number
}

export function emptyState(): RunState {
  return {
    status: 'running',
    trigger: null,
    root: new Map(),
    responded: null,
    waiting: new Map(),
    asked: new Map(),
    undoable: [],
    undoing: false,
    undo: new Map(),
    stopped: null,
    used: noUsage,
    takeovers: 0,
  }
}

/** The last thing that happened to a step; undefined when nothing has, or when its iteration has closed. */
export function stepState(state: RunState, step: StepId): StepState | undefined {
  const place = placeOf(state, step)
  return place?.scope.get(place.key)
}

/** What is on record of a sub-step; undefined when nothing is, or when its step has ended. */
export function recordOf(state: RunState, { step, name }: { step: StepId; name: string }) {
  const past = stepState(state, step)
  return past && 'records' in past ? past.records?.get(name) : undefined
}

/** Finds the scope a step lives in; undefined when its iteration has closed, or what it helped to undo is over. */
export function placeOf(state: RunState, step: StepId): { scope: Scope; key: NodeKey } | undefined {
  // Nearly every step is at the top level: no need to take its name apart.
  if (!step.includes('[') && !step.includes('(')) return { scope: state.root, key: step }
  const { undone, parts } = stepName(step)
  if (undone !== undefined && state.undoable.at(-1)?.step !== undone) return undefined
  let scope = undone === undefined ? state.root : state.undo
  for (const [at, { key, index }] of parts.entries()) {
    if (index === undefined) return { scope, key }
    const around = scope.get(key)
    const inside = around?.status === 'opened' ? around.open.get(index) : undefined
    if (!inside) return undefined
    scope = inside
    if (at === parts.length - 1) return { scope, key }
  }
  return undefined
}

import type { NodeKey } from '#nodes/graph/document.ts'
import type { Visits } from '#nodes/graph/scope.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { RunEvent, StepEvent, StepId } from './history.ts'
import { partsOf } from './step-id.ts'

/** The last thing that happened to a step. */
export type StepState = { attempt: number } & (
  | { status: 'started'; crashes: number }
  /** It was in flight when its worker died or let go; `crashes` counts the deaths. */
  | { status: 'interrupted'; crashes: number }
  | { status: 'waiting'; untilMs: number; port: string; output: Json }
  | Opened
  | { status: 'finished'; port: string; output: Json }
  | { status: 'failed'; failure: Failure; cause?: StepId; at: number }
)

/** A frame or repeating node under way. Closed iterations keep their output only, so a long list stays cheap. */
export interface Opened {
  status: 'opened'
  items: readonly Json[]
  outputs: Json[]
  closed: number
  /** Iterations under way, at most as many as may run at once. */
  open: Map<number, Scope>
  /** The next element to begin when one closes. */
  next: number
}

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
    takeovers: 0,
  }
}

/** Adds one event. `at` is when it was stored. Events of iterations already closed change nothing. */
export function apply(state: RunState, event: RunEvent, at = 0): void {
  switch (event.type) {
    case 'run.started':
      state.trigger = event.trigger
      state.root.set(event.trigger, { status: 'finished', attempt: 1, port: 'out', output: event.output })
      return
    case 'run.claimed':
      if (event.reason === 'takeover') state.takeovers++
      interrupt(state.root, event.reason === 'takeover' ? 1 : 0)
      return
    case 'run.responded':
      state.responded = event.step
      return
    case 'run.cancelled':
      state.status = 'cancelling'
      return
    case 'run.finished':
      state.status = 'finished'
      return
    case 'step.logged':
      return
    default:
      applyStep(state, event, at)
  }
}

/** The last thing that happened to a step; undefined when nothing has, or when its iteration has closed. */
export function stepState(state: RunState, step: StepId): StepState | undefined {
  const place = placeOf(state, step)
  return place?.scope.get(place.key)
}

/** The visits of a run, for the scope of expressions. */
export function visitsOf(state: RunState): Visits {
  return { at: (prefix) => (prefix === '' ? state.root : placeOf(state, `${prefix}_`)?.scope) }
}

function applyStep(state: RunState, event: Exclude<StepEvent, { type: 'step.logged' }>, at: number) {
  const place = placeOf(state, event.step)
  if (!place) return
  const { scope, key } = place
  const past = scope.get(key)
  if (past?.status === 'waiting') state.waiting.delete(event.step)
  const { attempt } = event
  switch (event.type) {
    case 'step.started':
      scope.set(key, {
        status: 'started',
        attempt,
        crashes: past?.status === 'interrupted' ? past.crashes : 0,
      })
      return
    case 'step.waiting':
      state.waiting.set(event.step, { untilMs: event.untilMs })
      scope.set(key, {
        status: 'waiting',
        attempt,
        untilMs: event.untilMs,
        port: event.port,
        output: event.output,
      })
      return
    case 'step.opened':
      scope.set(key, { attempt, ...opened(event.items, event.concurrency ?? 1) })
      return
    case 'iteration.closed':
      if (past?.status === 'opened') closeIteration(past, event.index, event.output)
      return
    case 'step.finished':
      scope.set(key, { status: 'finished', attempt, port: event.port, output: event.output })
      return
    case 'step.failed':
      scope.set(key, { status: 'failed', attempt, failure: event.failure, cause: event.cause, at })
      return
    case 'step.suspended':
    case 'substep.started':
    case 'substep.finished':
    case 'substep.failed':
      return
    default:
      event satisfies never
  }
}

function opened(items: readonly Json[], concurrency: number): Opened {
  const next = Math.min(concurrency, items.length)
  const open = new Map(Array.from({ length: next }, (_, index) => [index, new Map<NodeKey, StepState>()]))
  return { status: 'opened', items, outputs: items.map(() => null), closed: 0, open, next }
}

function closeIteration(step: Opened, index: number, output: Json) {
  if (!step.open.delete(index)) return
  step.outputs[index] = output
  step.closed++
  if (step.next < step.items.length) step.open.set(step.next++, new Map())
}

/** Finds the scope a step lives in. */
function placeOf(state: RunState, step: StepId): { scope: Scope; key: NodeKey } | undefined {
  // Nearly every step is at the top level: no need to take its name apart.
  if (!step.includes('[')) return { scope: state.root, key: step }
  let scope = state.root
  const parts = partsOf(step)
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

function interrupt(scope: Scope, crash: number) {
  for (const [key, step] of scope) {
    if (step.status === 'started')
      scope.set(key, { status: 'interrupted', attempt: step.attempt, crashes: step.crashes + crash })
    if (step.status === 'opened') for (const inside of step.open.values()) interrupt(inside, crash)
  }
}

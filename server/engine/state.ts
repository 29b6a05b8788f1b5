import type { NodeKey } from '#nodes/graph/document.ts'
import type { Visits } from '#nodes/graph/scope.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Attention, RunEvent, StepEvent, StepId } from './history.ts'
import { closeIteration, type Opened, openedOf } from './opened.ts'
import { partsOf } from './step-id.ts'
import {
  type Asked,
  addUsage,
  isAnswered,
  note,
  noUsage,
  type Records,
  type UsageTotal,
} from './sub-steps.ts'

/** The last thing that happened to a step. `records`: what its sub-steps have come to, until it has ended. */
export type StepState = { attempt: number } & (
  | { status: 'started'; crashes: number; records?: Records }
  /** It was in flight when its worker died or let go; `crashes` counts the deaths. */
  | { status: 'interrupted'; crashes: number; records?: Records }
  | { status: 'waiting'; untilMs: number; port: string; output: Json }
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
    used: noUsage,
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

/** What is on record of a sub-step; undefined when nothing is, or when its step has ended. */
export function recordOf(state: RunState, { step, name }: { step: StepId; name: string }) {
  const past = stepState(state, step)
  return past && 'records' in past ? past.records?.get(name) : undefined
}

function applyStep(state: RunState, event: Exclude<StepEvent, { type: 'step.logged' }>, at: number) {
  if (event.type === 'substep.finished') state.used = addUsage(state.used, event.usage)
  const place = placeOf(state, event.step)
  if (!place) return
  const { scope, key } = place
  const past = scope.get(key)
  const records = past && 'records' in past ? past.records : undefined
  const { attempt } = event
  const set = (next: StepState) => {
    if (past?.status === 'waiting') state.waiting.delete(event.step)
    if (next.status === 'finished' || next.status === 'waiting') state.asked.delete(event.step)
    scope.set(key, next)
  }
  switch (event.type) {
    case 'step.started':
      return set({
        status: 'started',
        attempt,
        crashes: past?.status === 'interrupted' ? past.crashes : 0,
        records,
      })
    case 'step.waiting': {
      const { untilMs, port, output } = event
      set({ status: 'waiting', attempt, untilMs, port, output })
      state.waiting.set(event.step, { untilMs })
      return
    }
    case 'step.suspended': {
      const { asks, attention } = event
      set({ status: 'suspended', attempt, asks, attention, answered: isAnswered(asks, records), records })
      state.asked.set(event.step, asks)
      return
    }
    case 'step.opened':
      return set({ attempt, ...openedOf(event) })
    case 'iteration.closed':
      if (past?.status === 'opened') closeIteration(past, event)
      return
    case 'step.finished':
      return set({ status: 'finished', attempt, port: event.port, output: event.output })
    case 'step.failed': {
      const { failure, cause } = event
      // The next attempt finds what is done; where there is none, nobody does.
      set({ status: 'failed', attempt, failure, cause, at, records: failure.retryable ? records : undefined })
      return
    }
    case 'substep.started':
    case 'substep.finished':
    case 'substep.failed': {
      if (past?.status !== 'started' && past?.status !== 'interrupted' && past?.status !== 'suspended') return
      past.records = note(past.records, event)
      if (past.status === 'suspended') past.answered = isAnswered(past.asks, past.records)
      return
    }
    default:
      event satisfies never
  }
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
      scope.set(key, { ...step, status: 'interrupted', crashes: step.crashes + crash })
    if (step.status === 'opened') for (const inside of step.open.values()) interrupt(inside, crash)
  }
}

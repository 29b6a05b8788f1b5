import { isUndo } from '#nodes/graph/step-name.ts'
import type { RunEvent, StepEvent } from './history.ts'
import { closeIteration, openedOf } from './opened.ts'
import { placeOf, type RunState, type Scope, type StepState } from './state.ts'
import { addUsage, isAnswered, note } from './sub-steps.ts'
import { undoableAt } from './undoable.ts'

type AboutOneStep = Exclude<StepEvent, { type: 'step.logged' | 'step.undone' | 'step.undo_failed' }>

/** Adds one event. `at` is when it was stored. Events of iterations already closed change nothing. */
export function apply(state: RunState, event: RunEvent, at = 0): void {
  switch (event.type) {
    case 'run.started':
      state.trigger = event.trigger
      state.root.set(event.trigger, { status: 'finished', attempt: 1, port: 'out', output: event.output })
      return
    case 'run.claimed':
      if (event.reason === 'takeover') state.takeovers++
      for (const scope of [state.root, state.undo]) interrupt(scope, event.reason === 'takeover' ? 1 : 0)
      return
    case 'run.responded':
      state.responded = event.step
      return
    case 'run.cancelled':
      state.status = 'cancelling'
      return
    case 'run.timed_out':
      state.status = 'cancelling'
      state.stopped = event.failure
      return
    case 'run.finished':
      state.status = 'finished'
      return
    case 'step.logged':
      return
    case 'step.undone':
    case 'step.undo_failed':
      state.undoing = true
      state.undoable.pop()
      state.undo = new Map()
      return
    default:
      applyStep(state, event, at)
  }
}

function applyStep(state: RunState, event: AboutOneStep, at: number) {
  if (isUndo(event.step)) state.undoing = true
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
      const { untilMs, port, output, undo } = event
      set({ status: 'waiting', attempt, untilMs, port, output, undo })
      state.waiting.set(event.step, { untilMs })
      return
    }
    case 'step.held':
      return set({ status: 'held', attempt, untilMs: event.untilMs, records })
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
      set({ status: 'finished', attempt, port: event.port, output: event.output })
      // What ends while another is being undone comes after that one.
      if (event.undo) state.undoable.splice(state.undoing ? -1 : Infinity, 0, undoableAt(state, event.step))
      return
    case 'step.failed': {
      const { failure, cause } = event
      // The next attempt finds what is done; where there is none, nobody does.
      set({ status: 'failed', attempt, failure, cause, at, records: failure.retryable ? records : undefined })
      return
    }
    case 'step.caught':
      if (past?.status === 'opened') past.caught = { failure: event.failure, step: event.cause }
      return
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

function interrupt(scope: Scope, crash: number) {
  for (const [key, step] of scope) {
    if (step.status === 'started')
      scope.set(key, { ...step, status: 'interrupted', crashes: step.crashes + crash })
    if (step.status === 'opened') for (const inside of step.open.values()) interrupt(inside, crash)
  }
}

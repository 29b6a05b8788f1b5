import { isUndo } from '#nodes/graph/step-name.ts'
import type { Command } from '#server/engine/command.ts'
import type { StepId } from '#server/engine/history.ts'
import { recordOf, stepState } from '#server/engine/state.ts'
import type { HeldRun } from './held-run.ts'
import type { AttemptEnd } from './step-attempt.ts'

type RunStep = Extract<Command, { type: 'run-step' }>

/** Puts how an attempt ended into the history, and its questions among the tasks. */
export function recordEnd(held: HeldRun, { command, end }: { command: RunStep; end: AttemptEnd }): void {
  const { step, attempt } = command
  const undo = command.undo ? { undo: true as const } : {}
  closeUnasked(held, { command, end })
  switch (end.type) {
    case 'finished':
      held.append({ type: 'step.finished', step, attempt, port: end.port, output: end.output, ...undo })
      return
    case 'failed':
      held.append({ type: 'step.failed', step, attempt, failure: end.failure })
      return
    case 'held':
      held.append({ type: 'step.held', step, attempt, untilMs: end.untilMs })
      return
    case 'waiting':
      held.append({ step, attempt, ...end, ...undo, type: 'step.waiting' })
      return
    case 'suspended': {
      const asks = end.tasks.map(({ id, name, deadlineMs }) => ({ name, task: id, untilMs: deadlineMs }))
      const attention = end.attention ? { attention: end.attention } : {}
      held.append({ type: 'step.suspended', step, attempt, asks, ...attention })
      held.ask({ tasks: end.tasks })
      return
    }
    default:
      end satisfies never
  }
}

/** What it had asked and, with the answers it got, does not ask again needs no answer any more. */
function closeUnasked(held: HeldRun, { command, end }: { command: RunStep; end: AttemptEnd }) {
  const asked = held.state.asked.get(command.step)
  // The next attempt asks the same.
  if (!asked || (end.type === 'failed' && end.failure.retryable)) return
  const again = new Set(end.type === 'suspended' ? end.tasks.map(({ id }) => id) : [])
  const closes = asked.filter(
    ({ name, task }) =>
      !again.has(task) && recordOf(held.state, { step: command.step, name })?.status !== 'done',
  )
  held.ask({ closes: closes.map(({ task }) => task) })
}

/** Lets those steps go on whose wait is over, and closes what was asked in a frame that has failed since. */
export function endWaits(held: HeldRun): void {
  const { waiting, asked, status, undoing } = held.state
  const goesOn = (step: StepId) => isUndo(step) || (status === 'running' && !undoing)
  for (const [step, { untilMs }] of waiting) {
    const past = stepState(held.state, step)
    // Of a run that is being stopped only what undoes goes on.
    if (past?.status !== 'waiting' || !goesOn(step)) waiting.delete(step)
    else if (untilMs <= held.now()) {
      const { attempt, port, output, undo } = past
      held.append({ type: 'step.finished', step, attempt, port, output, ...(undo ? { undo } : {}) })
    }
  }
  for (const [step, asks] of asked) {
    if (stepState(held.state, step)) continue
    asked.delete(step)
    held.ask({ closes: asks.map(({ task }) => task) })
  }
}

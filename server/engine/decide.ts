import type { Command } from './command.ts'
import type { Plan } from './plan.ts'
import type { RunState } from './state.ts'
import { decideUndo } from './undo.ts'
import { outputOf, type Walk } from './walk.ts'
import { walkScope } from './walk-scope.ts'

type Finish = Extract<Command, { type: 'finish-run' }>

/**
 * Given the workflow and what has happened so far, says what to do next.
 * Pure: same inputs, same commands; no clock, no I/O, no randomness.
 */
export function decide(plan: Plan, state: RunState): Command[] {
  if (state.status === 'finished' || state.trigger === null) return []
  const walk = walkScope(plan, { nodes: plan.root, scope: state.root, prefix: '', root: true })
  const finish = finishOf(plan, { state, walk })
  if (!finish) return walk.commands
  if (finish.status === 'succeeded') return [finish]
  // Nothing new starts; what is in flight ends first, then what was done is undone.
  if (walk.busy > 0) return []
  return decideUndo(plan, state) ?? [finish]
}

/** How the run ends, once that is certain; undefined before. */
function finishOf(plan: Plan, { state, walk }: { state: RunState; walk: Walk }): Finish | undefined {
  const failed = { type: 'finish-run', status: 'failed', output: null } as const
  if (state.stopped) return { ...failed, failure: state.stopped }
  if (state.status === 'cancelling') return { ...failed, status: 'cancelled' }
  if (walk.failed) return { ...failed, failure: { ...walk.failed.failure, step: walk.failed.step } }
  if (!walk.settled) return undefined
  return { type: 'finish-run', status: 'succeeded', output: outputOf(plan.root, state.root) }
}

import { undoPrefix } from '#nodes/graph/step-name.ts'
import type { Command } from './command.ts'
import type { Plan } from './plan.ts'
import type { RunState } from './state.ts'
import { walkScope } from './walk-scope.ts'

/**
 * What must happen next so that a run that failed or was cancelled leaves nothing behind: what was done last is undone
 * first, one step after the other. Undefined when nothing is left to undo.
 */
export function decideUndo(plan: Plan, state: RunState): Command[] | undefined {
  const last = state.undoable.at(-1)
  if (!last) return undefined
  const { step, node, attempt } = last
  const nodes = plan.undos.get(node) ?? []
  const { commands, busy, failed, settled } = walkScope(plan, {
    nodes,
    scope: state.undo,
    prefix: undoPrefix(step),
  })
  const about = { step, node, attempt }
  // What fails to be undone does not keep the others from it.
  if (failed) return busy > 0 ? [] : [{ type: 'end-undo', ...about, failed }]
  return settled ? [{ type: 'end-undo', ...about }] : commands
}

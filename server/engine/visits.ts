import type { Visits } from '#nodes/graph/scope.ts'
import { isUndo, stepName } from '#nodes/graph/step-name.ts'
import type { StepId } from './history.ts'
import { placeOf, type RunState } from './state.ts'

/** What the expressions of a step see of the run: of what undoes a step, what that step saw. */
export function visitsOf(state: RunState, step: StepId): Visits {
  const { undone } = stepName(step)
  if (undone === undefined) return { at: (prefix) => scopeAt(state, prefix) }
  const seen = state.undoable.at(-1)
  const levels = seen?.step === undone ? seen.levels : []
  return {
    at(prefix) {
      if (isUndo(prefix)) return scopeAt(state, prefix)
      const level = levels.find((one) => one.prefix === prefix)
      return (
        level && { get: (key) => (level.within?.key === key ? level.within.visit : level.scope.get(key)) }
      )
    },
  }
}

const scopeAt = (state: RunState, prefix: string) =>
  prefix === '' ? state.root : placeOf(state, `${prefix}_`)?.scope

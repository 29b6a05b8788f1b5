import type { NodeKey } from '#nodes/graph/document.ts'
import type { Visit } from '#nodes/graph/scope.ts'
import { stepName } from '#nodes/graph/step-name.ts'
import type { StepId } from './history.ts'
import type { RunState, Scope } from './state.ts'

/** A scope that a step stood in. Kept, as its iteration may be closed and folded by the time the step is undone. */
interface Level {
  prefix: string
  scope: Scope
  /** The frame or repeating node that the next level is an iteration of, as it was. */
  within?: { key: NodeKey; visit: Extract<Visit, { status: 'opened' }> }
}

/** A step that was done and can be undone, and what it saw. */
export interface Undoable {
  step: StepId
  node: NodeKey
  attempt: number
  levels: readonly Level[]
}

/** What must be kept of a step, when it has just finished, so that it can be undone. */
export function undoableAt(state: RunState, step: StepId): Undoable {
  const levels: Level[] = []
  let scope = state.root
  let prefix = ''
  let node = ''
  for (const { key, index } of stepName(step).parts) {
    node = key
    const around = scope.get(key)
    const inside = index !== undefined && around?.status === 'opened' ? around.open.get(index) : undefined
    if (!inside || around?.status !== 'opened') break
    const { items, caught } = around
    levels.push({ prefix, scope, within: { key, visit: { status: 'opened', items, caught } } })
    scope = inside
    prefix += `${key}[${index}].`
  }
  levels.push({ prefix, scope })
  return { step, node, attempt: scope.get(node)?.attempt ?? 1, levels }
}

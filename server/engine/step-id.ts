import type { NodeKey } from '#nodes/graph/document.ts'
import type { StepId } from './history.ts'

/** One part of a step's name: `each[2]` of `each[2].send`. */
export interface StepPart {
  key: NodeKey
  index?: number
}

/** `each[2].send[0]` → each 2, send 0. */
export function partsOf(step: StepId): StepPart[] {
  return step.split('.').map((part) => {
    const bracket = part.indexOf('[')
    return bracket < 0
      ? { key: part }
      : { key: part.slice(0, bracket), index: Number(part.slice(bracket + 1, -1)) }
  })
}

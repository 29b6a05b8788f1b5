import type { NodeKey } from './document.ts'

/** One part of a step's name: `each[2]` of `each[2].send`. */
export interface StepPart {
  key: NodeKey
  index?: number
}

export interface StepName {
  /** The step that this one helps to undo: `each[2].charge` of `undo(each[2].charge).refund`. */
  undone?: string
  parts: readonly StepPart[]
}

const OPEN = 'undo('
const CLOSE = ').'

/** Whether a step helps to undo another. */
export const isUndo = (step: string) => step.startsWith(OPEN)

/** What comes before the name of a step that undoes another. */
export const undoPrefix = (undone: string) => `${OPEN}${undone}${CLOSE}`

/** `each[2].send[0]` → each 2, send 0. What undoes a step is never undone itself, so the brackets nest once. */
export function stepName(step: string): StepName {
  const end = isUndo(step) ? step.indexOf(CLOSE) : -1
  if (end < 0) return { parts: partsOf(step) }
  return { undone: step.slice(OPEN.length, end), parts: partsOf(step.slice(end + CLOSE.length)) }
}

function partsOf(name: string): StepPart[] {
  return name.split('.').map((part) => {
    const bracket = part.indexOf('[')
    return bracket < 0
      ? { key: part }
      : { key: part.slice(0, bracket), index: Number(part.slice(bracket + 1, -1)) }
  })
}

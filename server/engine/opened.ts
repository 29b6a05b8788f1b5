import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { StepEvent, StepId } from './history.ts'
import type { Scope } from './state.ts'

/** A frame or repeating node under way. Closed iterations keep their output only, so a long list stays cheap. */
export interface Opened {
  status: 'opened'
  /** The elements; of a frame that goes round, only what the round under way begins with. */
  items: Json[]
  outputs: Json[]
  closed: number
  /** Iterations under way, at most as many as may run at once. */
  open: Map<number, Scope>
  /** The next element to begin when one closes. */
  next: number
  /** A *try* whose body failed: what catches is walked, with this. */
  caught?: { failure: Failure; step: StepId }
  /** A frame that goes round until something is so. */
  rounds?: { most: number; met: boolean; last: Json }
}

export function openedOf(event: Extract<StepEvent, { type: 'step.opened' }>): Opened {
  const { items, most, concurrency = 1 } = event
  const rounds = most === undefined ? undefined : { most, met: false, last: null }
  const next = rounds ? 1 : Math.min(concurrency, items.length)
  const open = new Map(Array.from({ length: next }, (_, index) => [index, new Map()]))
  const outputs = rounds ? [] : items.map(() => null)
  return { status: 'opened', items, outputs, closed: 0, open, next, ...(rounds ? { rounds } : {}) }
}

export function closeIteration(
  step: Opened,
  { index, output, met = false }: Extract<StepEvent, { type: 'iteration.closed' }>,
): void {
  if (!step.open.delete(index)) return
  step.closed++
  if (step.rounds) {
    step.rounds = { ...step.rounds, met, last: output }
    step.items = Object.assign([], { [index + 1]: output })
    if (met || step.closed === step.rounds.most) return
  } else {
    step.outputs[index] = output
    if (step.next === step.items.length) return
  }
  step.open.set(step.next++, new Map())
}

/** What a frame or a repeating node gives once nothing of it is left to walk; undefined before. */
export function givenBy({ rounds, closed, items, outputs }: Opened): { output: Json } | undefined {
  if (!rounds) return closed === items.length ? { output: outputs } : undefined
  const { met, most, last } = rounds
  return met || closed === most ? { output: { output: last, rounds: closed, met } } : undefined
}

import type { NodeKey } from '#nodes/graph/document.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { RunEvent, StepEvent, StepId } from '#server/engine/history.ts'

/** How a step of the outermost scope ended for the last time. */
export type Ended = Extract<StepEvent, { type: 'step.finished' | 'step.failed' }>

/** What a replay must know of the run it repeats: of its outermost scope, for frames are taken over whole. */
export interface Past {
  trigger: { key: NodeKey; output: Json } | null
  /** In the order they ended. */
  steps: Map<NodeKey, Ended>
  begun: Set<NodeKey>
  /** Steps with an effect that was taken back when the run failed. */
  undone: Set<NodeKey>
  /** The step that the run failed at. */
  failedAt: StepId | null
}

export const emptyPast = (): Past => ({
  trigger: null,
  steps: new Map(),
  begun: new Set(),
  undone: new Set(),
  failedAt: null,
})

/** Adds one event of the past run. */
export function addToPast(past: Past, event: RunEvent): void {
  switch (event.type) {
    case 'run.started':
      past.trigger = { key: event.trigger, output: event.output }
      return
    case 'run.finished':
      past.failedAt = event.failure?.step ?? null
      return
    case 'step.undone':
      past.undone.add(outermost(event.step))
      return
    case 'step.started':
    case 'step.opened':
      if (!isOutermost(event.step)) return
      past.begun.add(event.step)
      past.steps.delete(event.step)
      return
    case 'step.finished':
    case 'step.failed':
      if (!isOutermost(event.step)) return
      past.begun.add(event.step)
      // One that was tried again comes where it ended for the last time.
      past.steps.delete(event.step)
      past.steps.set(event.step, event)
  }
}

const isOutermost = (step: StepId) => /^[a-z][a-z0-9_]*$/.test(step)

/** The step of the outermost scope that a step is in: `each` of `each[2].send`. */
export const outermost = (step: StepId): NodeKey => /^[^[.]*/.exec(step)?.[0] ?? step

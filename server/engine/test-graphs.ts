import { DocumentNode, type WorkflowDocument } from '#nodes/graph/document.ts'
import { toGraph } from '#nodes/graph/graph.ts'
import type { Json } from '#nodes/kit/json.ts'
import { noRetry, type RetryPolicy } from '#nodes/kit/reliability.ts'
import { apply } from './apply.ts'
import type { Command } from './command.ts'
import { decide } from './decide.ts'
import type { RunEvent, StepId } from './history.ts'
import { type Plan, planOf } from './plan.ts'
import { emptyState } from './state.ts'

// Tiny builders that make the engine's tests read as its specification.

export interface Drawing {
  /** `{ each: ['fetch', 'save'] }`: frames and what they hold. */
  frames?: Record<string, readonly string[]>
  /** Those of the frames that are a *try*; `t:catch -> a` and `t:finally -> b` lead inside. */
  tries?: readonly string[]
  repeats?: readonly string[]
  retry?: Record<string, RetryPolicy>
}

/** `draw(['start -> a', 'a:no -> b'])`: nodes are named by the wires. Every run starts at `start`. */
export function draw(
  wires: readonly string[],
  { frames = {}, tries = [], repeats = [], retry = {} }: Drawing = {},
): Plan {
  const edges = wires.map((wire) => {
    const [source = '', to = ''] = wire.split(' -> ')
    const [from = '', port = 'out'] = source.split(':')
    return { from, port, to }
  })
  const parents = Object.entries(frames).flatMap(([frame, inside]) =>
    inside.map((key) => [key, frame] as const),
  )
  const keys = new Set(['start', ...edges.flatMap(({ from, to }) => [from, to]), ...repeats])
  for (const [key, frame] of parents) keys.add(frame).add(key)
  const parentOf = new Map(parents)
  const repeat = { list: { expr: 'input' }, concurrency: 1 }
  const nodes = [...keys].map((key) =>
    DocumentNode.parse({
      key,
      type: tries.includes(key) ? 'flow.try' : 'test.step',
      version: 1,
      ...(parentOf.has(key) ? { parent: parentOf.get(key) } : {}),
      ...(repeats.includes(key) ? { repeat } : {}),
    }),
  )
  const document: WorkflowDocument = { format: 1, nodes, edges }
  return planOf(toGraph(document), ({ key }) => ({ frame: key in frames, retry: retry[key] ?? noRetry }))
}

export const started: RunEvent = { type: 'run.started', trigger: 'start', output: 'hello' }
export const cancelled: RunEvent = { type: 'run.cancelled', reason: 'user' }
export const begun = (step: StepId, attempt = 1): RunEvent => ({ type: 'step.started', step, attempt })
export const waiting = (step: StepId): RunEvent => ({
  type: 'step.waiting',
  step,
  attempt: 1,
  untilMs: 5,
  port: 'out',
  output: null,
})
export const done = (step: StepId, port = 'out', output: Json = null): RunEvent[] => [
  begun(step),
  { type: 'step.finished', step, attempt: 1, port, output },
]
/** It finished, and something undoes it. */
export const doneForNow = (step: StepId, output: Json = null): RunEvent[] => [
  begun(step),
  { type: 'step.finished', step, attempt: 1, port: 'out', output, undo: true },
]
export const undone = (step: StepId): RunEvent => ({ type: 'step.undone', step, attempt: 1 })
const broken = { code: 'http_500', message: 'It broke', retryable: true }
export const notUndone = (step: StepId, cause: StepId): RunEvent => ({
  ...{ type: 'step.undo_failed', step, attempt: 1, failure: broken, cause },
})
export const caught = (step: StepId, cause: StepId): RunEvent => ({
  ...{ type: 'step.caught', step, attempt: 1, failure: broken, cause },
})
export const failed = (step: StepId, attempt = 1): RunEvent[] => [
  begun(step, attempt),
  { type: 'step.failed', step, attempt, failure: broken },
]
export const opened = (step: StepId, items: number, concurrency = 1): RunEvent => ({
  type: 'step.opened',
  step,
  attempt: 1,
  concurrency,
  items: Array.from({ length: items }, (_, index) => index),
})
export const closed = (step: StepId, index: number, output: Json = null): RunEvent => ({
  type: 'iteration.closed',
  step,
  attempt: 1,
  index,
  output,
})
/** A frame that goes round until something is so, begun. */
export const goingRound = (step: StepId, most: number): RunEvent => ({
  type: 'step.opened',
  step,
  attempt: 1,
  items: [null],
  most,
})
export const round = (step: StepId, index: number, met: boolean, output: Json = index): RunEvent => ({
  type: 'iteration.closed',
  step,
  attempt: 1,
  index,
  output,
  met,
})
/** It began, and asks what has these names. */
export const asks = (step: StepId, ...names: string[]): RunEvent[] => [
  begun(step),
  {
    type: 'step.suspended',
    step,
    attempt: 1,
    asks: names.map((name) => ({ name, task: `task of ${name}`, untilMs: null })),
  },
]
export const recorded = (step: StepId, name: string, output: Json = 'yes'): RunEvent => ({
  type: 'substep.finished',
  step,
  attempt: 1,
  name,
  output,
})
export const takenOver: RunEvent = { type: 'run.claimed', worker: 'w', token: 2, reason: 'takeover' }

/** A command in one word: `fetch`, `fetch#2`, `open each`, `close each[0]`, `succeeded`. */
export function brief(command: Command): string {
  switch (command.type) {
    case 'run-step':
      return command.attempt === 1 ? command.step : `${command.step}#${command.attempt}`
    case 'open-step':
      return `open ${command.step}`
    case 'close-iteration':
      return `close ${command.step}[${command.index}]`
    case 'close-step':
      return `close ${command.step}`
    case 'fail-step':
      return `fail ${command.step}`
    case 'catch-step':
      return `catch ${command.step}`
    case 'end-undo':
      return `${command.failed ? 'not undone' : 'undone'} ${command.step}`
    case 'finish-run':
      return command.status
  }
}

export function stateAfter(...history: (RunEvent | RunEvent[])[]) {
  const state = emptyState()
  for (const event of [started, ...history.flat()]) apply(state, event)
  return state
}

/** What the engine asks for after a history that begins with the trigger. */
export function next(plan: Plan, ...history: (RunEvent | RunEvent[])[]): string[] {
  return decide(plan, stateAfter(...history)).map(brief)
}

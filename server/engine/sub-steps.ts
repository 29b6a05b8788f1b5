import type { Json } from '#nodes/kit/json.ts'
import type { Usage } from '#nodes/kit/model.ts'
import type { StepEvent } from './history.ts'

/** What a sub-step has come to: begun and nobody knows how it went, or done for good. */
export type SubStepRecord = { status: 'begun' } | { status: 'done'; output: Json }

/** The sub-steps of one step by name. One that failed is not among them: it may be done again. */
export type Records = Map<string, SubStepRecord>

/** A question that is open, and the task it is kept as. */
export type Asked = Extract<StepEvent, { type: 'step.suspended' }>['asks'][number]

export interface UsageTotal {
  costUsd: number
  inputTokens: number
  outputTokens: number
}

export const noUsage: UsageTotal = { costUsd: 0, inputTokens: 0, outputTokens: 0 }

export function addUsage(total: UsageTotal, usage: Usage | undefined): UsageTotal {
  if (!usage) return total
  return {
    costUsd: total.costUsd + (usage.costUsd ?? 0),
    inputTokens: total.inputTokens + usage.inputTokens,
    outputTokens: total.outputTokens + usage.outputTokens,
  }
}

/** Adds to what is on record. What is done stays as it was done first. */
export function note(
  records: Records = new Map(),
  event: Extract<StepEvent, { type: 'substep.started' | 'substep.finished' | 'substep.failed' }>,
): Records {
  const { name } = event
  if (records.get(name)?.status === 'done') return records
  switch (event.type) {
    case 'substep.started':
      return records.set(name, { status: 'begun' })
    case 'substep.finished':
      return records.set(name, { status: 'done', output: event.output })
    case 'substep.failed':
      records.delete(name)
      return records
    default:
      return event satisfies never
  }
}

/** Whether the step has something new to go on with. */
export const isAnswered = (asks: readonly Asked[], records: Records | undefined): boolean =>
  asks.some(({ name }) => records?.get(name)?.status === 'done')

import type { Json } from '#nodes/kit/json.ts'
import type { StepId, StoredEvent } from '#server/engine/history.ts'

/** A step as a comparison needs it. */
export interface ToldStep {
  step: StepId
  status: 'open' | 'succeeded' | 'failed'
  /** The way it left by. */
  port: string | null
  /** Absent when it gave nothing, or more than is compared. */
  output?: Json
  /** It gave more than is compared. */
  cut: boolean
  failure: { code: string; message: string } | null
  startedAt: number
  endedAt: number | null
  attempts: number
  costUsd: number
  /** Taken over from the run this one replays. */
  reused: boolean
}

/** A run as a comparison needs it. */
export interface Told {
  /** In the order they began; the trigger first. */
  steps: Map<StepId, ToldStep>
  /** Absent unless it succeeded. */
  output?: Json
  /** Steps and outputs beyond what is compared were left out. */
  more: boolean
  /** Text of the outputs that are kept. */
  chars: number
}

export const mostTold = { steps: 2_000, chars: 16 * 1024 * 1024 } as const

export const emptyTold = (): Told => ({ steps: new Map(), more: false, chars: 0 })

/** Adds one event of the run. */
export function tell(told: Told, { at, event }: StoredEvent): void {
  if (event.type === 'run.finished' && event.status === 'succeeded') told.output = event.output
  if (event.type === 'run.started') {
    const step = stepOf(told, { step: event.trigger, at })
    if (step) Object.assign(step, { status: 'succeeded', endedAt: at, ...kept(told, event.output) })
  }
  if (!('step' in event) || !('attempt' in event)) return
  const step = stepOf(told, { step: event.step, at })
  if (!step) return
  step.attempts = Math.max(step.attempts, event.attempt)
  if (event.type === 'substep.finished') step.costUsd += event.usage?.costUsd ?? 0
  if (event.type === 'step.finished')
    Object.assign(step, {
      ...{ status: 'succeeded', endedAt: at, port: event.port, failure: null },
      ...{ ...kept(told, event.output), reused: event.reused === true },
    })
  if (event.type === 'step.failed') {
    const { code, message } = event.failure
    const failure = { code, message }
    Object.assign(step, { status: 'failed', endedAt: at, failure, reused: event.reused === true })
  }
}

function stepOf(told: Told, { step, at }: { step: StepId; at: number }): ToldStep | undefined {
  const known = told.steps.get(step)
  if (known) return known
  if (told.steps.size >= mostTold.steps) {
    told.more = true
    return undefined
  }
  const fresh: ToldStep = {
    ...{
      step,
      status: 'open',
      port: null,
      failure: null,
      attempts: 1,
      costUsd: 0,
      reused: false,
      cut: false,
    },
    ...{ startedAt: at, endedAt: null },
  }
  told.steps.set(step, fresh)
  return fresh
}

function kept(told: Told, output: Json): Pick<ToldStep, 'output' | 'cut'> {
  told.chars += JSON.stringify(output).length
  if (told.chars <= mostTold.chars) return { output, cut: false }
  told.more = true
  return { output: undefined, cut: true }
}

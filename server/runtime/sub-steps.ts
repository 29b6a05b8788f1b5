import { createHash } from 'node:crypto'
import type { Effect } from '#nodes/kit/define-node.ts'
import { type Failure, fail, StepFailure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { SubStep, SubStepResult } from '#nodes/kit/sub-step.ts'
import { isSuspended } from '#nodes/kit/suspended.ts'
import { encodeJson } from '#server/db/json.ts'
import type { StepEvent, StepId, SubStepKind } from '#server/engine/history.ts'
import { recordOf } from '#server/engine/state.ts'
import { isFelt, outcomeUnknown } from './effects.ts'
import type { HeldRun } from './held-run.ts'
import { MOST_BYTES, outputTooLarge, stepOutput } from './step-output.ts'

/** Of one attempt at one step. */
export interface AttemptPlace {
  held: HeldRun
  step: StepId
  attempt: number
}

/** A sub-step as the run's own means know it: `call` too. */
export type OwnSubStep = Omit<SubStep, 'kind'> & { kind: SubStepKind }
type Work = (inside: { idempotencyKey: string; signal: AbortSignal }) => Promise<SubStepResult>

/** The sub-steps of one attempt: recorded as they go, and those on record not done again. */
export interface SubSteps {
  do(about: OwnSubStep, at: { work: Work; signal: AbortSignal }): Promise<Json>
  /** Nothing is recorded from now on, once what is under way has ended. */
  close(about: { wait: boolean }): Promise<void>
}

/** What of a question to a model or a tool is kept, to be looked at. */
const MOST_INPUT = 256 * 1024
const NAME = /^[\w.[\]-]{1,200}$/

export function createSubSteps(place: AttemptPlace): SubSteps {
  const { held, step, attempt } = place
  const underWay = new Map<string, Promise<unknown>>()
  let over = false
  const append = (event: SubEvent) => {
    if (over) return
    held.append({ step, attempt, ...event })
    held.send()
  }

  async function begin(about: OwnSubStep, { work, signal }: { work: Work; signal: AbortSignal }) {
    const { name, kind, title, effect = 'read' } = about
    append({ type: 'substep.started', name, kind, title, ...shownInput(about.input) })
    // What it builds on, and that it begins, are on disk before the world can feel it.
    if (isFelt(effect)) await held.durable()
    const began = performance.now()
    const took = () => Math.round(performance.now() - began)
    try {
      const { output: given, usage } = await work({ idempotencyKey: subStepKey(place, name), signal })
      const output = fitting(given)
      append({ type: 'substep.finished', name, output, took: took(), ...(usage ? { usage } : {}) })
      return output
    } catch (error) {
      const failure = failureOfSubStep(error, { effect, aborted: signal.aborted })
      if (failure) append({ type: 'substep.failed', name, failure, took: took() })
      throw error
    }
  }

  return {
    async do(about, at) {
      const { name, title, effect } = about
      checkName(name)
      const record = recordOf(held.state, { step, name })
      if (record?.status === 'done') return record.output
      if (underWay.has(name)) throw fail('duplicate_sub_step', `${name} is under way already.`)
      if (record && effect === 'once') throw new StepFailure(outcomeUnknown(title))
      const going = begin(about, at).finally(() => underWay.delete(name))
      underWay.set(name, going)
      return going
    },
    async close({ wait }) {
      if (wait) await Promise.allSettled(underWay.values())
      over = true
    },
  }
}

type SubEvent = StepEvent extends infer Event
  ? Event extends { type: 'substep.started' | 'substep.finished' | 'substep.failed' }
    ? Omit<Event, 'step' | 'attempt'>
    : never
  : never

/** The same on every attempt, and different for every sub-step. */
export function subStepKey({ held, step }: Pick<AttemptPlace, 'held' | 'step'>, name: string): string {
  return createHash('sha256').update(`${held.run.runId}/${step}/${name}`).digest('hex').slice(0, 32)
}

export function checkName(name: string): void {
  if (!NAME.test(name)) throw fail('invalid_sub_step', `A sub-step cannot be called ${name.slice(0, 80)}`)
}

function fitting(given: Json): Json {
  const output = stepOutput(given)
  const bytes = Buffer.byteLength(encodeJson(output))
  // The event around it takes a little.
  if (bytes > MOST_BYTES - 4_096) throw new StepFailure(outputTooLarge(bytes))
  return output
}

function shownInput(input: Json | undefined): { input?: Json } {
  return input === undefined || encodeJson(input).length > MOST_INPUT ? {} : { input }
}

/** How it went wrong; null when nobody knows whether it did. */
function failureOfSubStep(error: unknown, about: { effect: Effect; aborted: boolean }): Failure | null {
  // A question on its way out: done again when there is an answer.
  if (isSuspended(error))
    return about.effect === 'once' ? { code: 'suspended', message: 'It asked.', retryable: true } : null
  if (about.aborted && about.effect === 'once') return null
  if (error instanceof StepFailure) return error.failure
  return { code: 'unexpected', message: error instanceof Error ? error.message : 'Unknown', retryable: true }
}

import type { DocumentNode } from '#nodes/graph/document.ts'
import type { Scope } from '#nodes/graph/scope.ts'
import { type AnyStep, type Effect, Paused, type ResponseToCaller, Routed } from '#nodes/kit/define-node.ts'
import { type Failure, fail, StepFailure } from '#nodes/kit/failure.ts'
import type { Http } from '#nodes/kit/http.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Means } from '#nodes/kit/means.ts'
import { isSuspended } from '#nodes/kit/suspended.ts'
import type { Log } from './log.ts'
import type { Prepared } from './prepare.ts'
import { StepClock } from './step-clock.ts'
import { StepContext } from './step-context.ts'
import { stepOutput } from './step-output.ts'
import { stepParams } from './step-params.ts'

/** How one attempt at a step ended. */
export type StepEnd =
  | { type: 'finished'; port: string; output: Json }
  | { type: 'waiting'; untilMs: number; port: string; output: Json }
  /** It asked; what, the attempt's own means know. */
  | { type: 'suspended' }
  | { type: 'failed'; failure: Failure }

/** Runs users' code (server/sandbox). */
export interface Sandbox {
  run(about: {
    code: string
    globals: Record<string, Json>
    timeoutMs: number
    signal: AbortSignal
    lane: string
  }): Promise<{ value: Json; logs: string[] }>
}

export interface Attempt {
  prepared: Prepared
  node: DocumentNode
  definition: AnyStep
  scope: () => Scope
  input: () => Json
  idempotencyKey: () => string
  nowMs: number
  /** Aborted when the run is cancelled or is no longer ours. */
  signal: AbortSignal
  http: (signal: AbortSignal) => Http
  means: (signal: AbortSignal) => Means
  sandbox: Sandbox
  log: (message: string, data?: Json) => void
  respond: (response: ResponseToCaller) => void
  report: Log
}

const DEFAULT_TIMEOUT_MS = 60_000

/** One attempt at one step. Never throws: whatever goes wrong is the step's failure. */
export async function runStep(attempt: Attempt): Promise<StepEnd> {
  const { node, definition, signal } = attempt
  const timeoutMs = node.reliability?.timeoutMs ?? definition.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const clock = new StepClock({ run: signal, timeoutMs })
  try {
    const given = definition.run(new StepContext(attempt, { params: stepParams(attempt), clock }))
    const result = given instanceof Promise ? await clock.within(given) : given
    return signal.aborted ? { type: 'failed', failure: cancelled } : endOf(result)
  } catch (error) {
    if (signal.aborted) return { type: 'failed', failure: cancelled }
    if (clock.isOver) return { type: 'failed', failure: tooLate(definition, timeoutMs) }
    if (isSuspended(error)) return { type: 'suspended' }
    return { type: 'failed', failure: failureOf(error, { log: attempt.report, effect: definition.effect }) }
  } finally {
    clock.stop()
  }
}

function endOf(result: unknown): StepEnd {
  if (result instanceof Paused)
    return { type: 'waiting', untilMs: result.untilMs, port: 'out', output: stepOutput(result.value) }
  if (result instanceof Routed)
    return { type: 'finished', port: result.port, output: stepOutput(result.value) }
  return { type: 'finished', port: 'out', output: stepOutput(result) }
}

/**
 * Whatever was thrown in a step, as the step's failure. Something of ours that breaks in one that may happen once, such as
 * a database that is away, says nothing of how far it had come: it is not tried again by itself.
 */
export function failureOf(error: unknown, { log, effect }: { log: Log; effect?: Effect }): Failure {
  if (error instanceof StepFailure) return error.failure
  log.warn({ error }, 'A step threw something unexpected')
  if (effect === 'once') return halfWay
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'unexpected', message, retryable: true }
}

const halfWay: Failure = {
  code: 'outcome_unknown',
  message:
    'Something broke inside Trama while this step ran, so it may have happened or not. It is not repeated by itself.',
  retryable: false,
}
const cancelled: Failure = { code: 'cancelled', message: 'The run was cancelled.', retryable: false }

/** Nobody knows whether a step that may happen once did: it is not tried again by itself. */
function tooLate({ effect }: AnyStep, timeoutMs: number): Failure {
  const seconds = timeoutMs / 1_000
  if (effect === 'once') {
    const message = `The step took more than ${seconds} s, so it may have happened or not. It is not repeated by itself.`
    return { code: 'outcome_unknown', message, retryable: false }
  }
  return fail('timeout', `The step took more than ${seconds} s.`, { retryable: true }).failure
}

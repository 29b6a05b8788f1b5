import type { Json } from '#nodes/kit/json.ts'
import type { StoredEvent } from '#server/engine/history.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { eachPage } from './each-page.ts'

export interface StepLog {
  at: string
  message: string
  data?: Json
}

/** One step as its events add up. */
export interface RunStep {
  step: string
  /** Key of the node it visits. */
  node: string
  status: 'running' | 'waiting' | 'succeeded' | 'failed'
  attempts: number
  startedAt: string
  finishedAt: string | null
  /** The way it left by. */
  port: string | null
  output: Json
  failure: { code: string; message: string } | null
  waitingUntil: string | null
  /** Taken over from the run this one replays, not done in it. */
  reused: boolean
  /** Whether what it did was taken back after the run failed. */
  undo: 'undone' | 'failed' | null
  logs: StepLog[]
}

const LOGS_KEPT = 100

/** A run's steps in the order they began. */
export async function readSteps(scope: TenantScope, { id }: { id: string }): Promise<{ items: RunStep[] }> {
  const steps = new Map<string, RunStep>()
  for await (const page of eachPage(scope, { id })) for (const event of page) apply(steps, event)
  return { items: [...steps.values()] }
}

function apply(steps: Map<string, RunStep>, { at, event }: StoredEvent) {
  if (!('step' in event) || !('attempt' in event)) return
  const time = new Date(at).toISOString()
  const step = steps.get(event.step) ?? begun(event.step, time)
  steps.set(event.step, step)
  step.attempts = Math.max(step.attempts, event.attempt)
  switch (event.type) {
    case 'step.started':
    case 'step.opened':
      Object.assign(step, { status: 'running', finishedAt: null, failure: null })
      return
    case 'step.held':
    case 'step.waiting':
      Object.assign(step, { status: 'waiting', waitingUntil: new Date(event.untilMs).toISOString() })
      return
    case 'step.finished':
      Object.assign(step, { status: 'succeeded', finishedAt: time, port: event.port, output: event.output })
      step.reused = event.reused === true
      return
    case 'step.failed': {
      Object.assign(step, { status: 'failed', finishedAt: time, failure: failureIn(event) })
      step.reused = event.reused === true
      return
    }
    case 'step.undone':
    case 'step.undo_failed':
      step.undo = event.type === 'step.undone' ? 'undone' : 'failed'
      return
    case 'step.logged':
      if (step.logs.length < LOGS_KEPT) step.logs.push({ at: time, message: event.message, data: event.data })
      return
    case 'step.suspended':
      step.status = 'waiting'
      // It did not end well, and waits until somebody has decided about it.
      if (event.attention) step.failure = failureIn(event.attention)
      return
    case 'substep.started':
    case 'substep.finished':
    case 'substep.failed':
    case 'iteration.closed':
    case 'step.caught':
      return
  }
  event satisfies never
}

const failureIn = ({ failure: { code, message } }: { failure: { code: string; message: string } }) => ({
  code,
  message,
})

function begun(step: string, time: string): RunStep {
  const last = step.slice(step.lastIndexOf('.') + 1)
  return {
    step,
    node: last.replace(/\[\d+\]$/, ''),
    status: 'running',
    attempts: 1,
    startedAt: time,
    finishedAt: null,
    port: null,
    output: null,
    failure: null,
    waitingUntil: null,
    reused: false,
    undo: null,
    logs: [],
  }
}

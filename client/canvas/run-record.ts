import type { NodeKey } from '#nodes/graph/document.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Attention, RunEvent, RunOutcome, StepEvent, StoredEvent } from '#server/engine/history.ts'
import { applySubStep, type SubStep, stopSubSteps, suspendSubSteps } from './sub-steps.ts'

export interface Attempt {
  attempt: number
  startedAt: number
  endedAt?: number
  failure?: Failure
  /** Its worker died or let go; the step was done again. */
  interrupted?: boolean
}

export interface LogLine {
  at: number
  message: string
  data?: Json
}

/** One visit to one node, as the events tell it. */
export interface Visit {
  step: string
  key: NodeKey
  /** The step of the iteration it belongs to, such as `each[2]`; empty at the top. */
  scope: string
  /** The element it ran for, when its node repeats for each. */
  index?: number
  status: 'running' | 'waiting' | 'done' | 'failed'
  startedAt: number
  endedAt?: number
  attempts: Attempt[]
  logs: LogLine[]
  port?: string
  output?: Json
  failure?: Failure
  /** Frames and repeating nodes: the list it walks, and how many elements are through. */
  elements?: Json[]
  closed: number
  untilMs?: number
  /** A *try* whose body failed. */
  caught?: { failure: Failure; step: string }
  /** The run failed and what this step had done was undone, or could not be. */
  undo?: { at: number; failure?: Failure; cause?: string }
  /** Taken over from the run this one replays, as it was there or with an output somebody gave. */
  reused?: 'same' | 'edited'
  /** It did not end well, and waits until somebody has decided what is to become of it. */
  attention?: { why: Attention['why']; failure: Failure; task: string }
  /** What it did piece by piece: an agent's model and tool calls. In the order they first began. */
  subSteps: Map<string, SubStep>
}

export interface RunRecord {
  status: 'queued' | 'running' | RunOutcome
  trigger?: { key: NodeKey; output: Json }
  startedAt?: number
  endedAt?: number
  output?: Json
  failure?: Failure & { step?: string }
  response?: { step: string; status: number; headers: Record<string, string>; body: Json }
  /** In the order they first started. */
  visits: ReadonlyMap<string, Visit>
  lastSeq: number
}

/** `each[2].send[3]` is the node `send`, in the scope `each[2]`, for its element 3. */
export function readStep(step: string): { key: NodeKey; scope: string; index?: number } {
  const cut = step.lastIndexOf('.')
  const [, key = step, index] = /^([^[]*)(?:\[(\d+)\])?$/.exec(step.slice(cut + 1)) ?? []
  return {
    key,
    scope: cut < 0 ? '' : step.slice(0, cut),
    ...(index === undefined ? {} : { index: Number(index) }),
  }
}

/** What a history adds up to. */
export function runRecord(events: readonly StoredEvent[]): RunRecord {
  const visits = new Map<string, Visit>()
  const record: RunRecord = { status: 'queued', visits, lastSeq: 0 }
  for (const { seq, at, event } of events) {
    record.lastSeq = seq
    if (isStepEvent(event)) applyStep(visits, event, at)
    else applyRun(record, event, at)
    if (event.type === 'run.claimed') interrupt(visits, at)
  }
  return record
}

function isStepEvent(event: RunEvent): event is StepEvent {
  return /^(?:step|substep|iteration)\./.test(event.type)
}

function applyRun(record: RunRecord, event: Exclude<RunEvent, StepEvent>, at: number): void {
  switch (event.type) {
    case 'run.started':
      Object.assign(record, {
        status: 'running',
        startedAt: at,
        trigger: { key: event.trigger, output: event.output },
      })
      return
    case 'run.responded': {
      const { type: _, ...response } = event
      record.response = response
      return
    }
    case 'run.finished':
      Object.assign(record, {
        status: event.status,
        endedAt: at,
        output: event.output,
        failure: event.failure,
      })
      return
    case 'run.claimed':
    case 'run.cancelled':
    case 'run.timed_out':
      return
    default:
      event satisfies never
  }
}

function applyStep(visits: Map<string, Visit>, event: StepEvent, at: number): void {
  const visit = visits.get(event.step) ?? newVisit(event.step, at)
  visits.set(event.step, visit)
  switch (event.type) {
    case 'step.started':
      visit.status = 'running'
      delete visit.untilMs
      delete visit.attention
      stopSubSteps(visit.subSteps)
      visit.attempts.push({ attempt: event.attempt, startedAt: at })
      return
    case 'step.opened':
      visit.elements = event.items
      return
    case 'iteration.closed':
      visit.closed += 1
      return
    case 'step.held':
      // What began was only to find out when its turn is.
      visit.attempts.pop()
      Object.assign(visit, { status: 'waiting', untilMs: event.untilMs })
      return
    case 'step.waiting':
      Object.assign(visit, { status: 'waiting', untilMs: event.untilMs })
      return
    case 'step.logged':
      visit.logs.push({
        at,
        message: event.message,
        ...(event.data === undefined ? {} : { data: event.data }),
      })
      return
    case 'step.finished':
      Object.assign(visit, { status: 'done', endedAt: at, port: event.port, output: event.output })
      if (event.reused) visit.reused = event.edited ? 'edited' : 'same'
      endAttempt(visit, { attempt: event.attempt, endedAt: at })
      return
    case 'step.failed':
      Object.assign(visit, { status: 'failed', endedAt: at, failure: event.failure })
      if (event.reused) visit.reused = 'same'
      endAttempt(visit, { attempt: event.attempt, endedAt: at, failure: event.failure })
      return
    case 'step.suspended': {
      const due = event.asks.flatMap(({ untilMs }) => untilMs ?? [])
      Object.assign(visit, { status: 'waiting', ...(due.length > 0 ? { untilMs: Math.min(...due) } : {}) })
      const { attention, asks } = event
      if (attention) visit.attention = { ...attention, task: asks[0]?.task ?? '' }
      suspendSubSteps(visit.subSteps, event, at)
      return
    }
    case 'step.caught':
      visit.caught = { failure: event.failure, step: event.cause }
      return
    case 'step.undone':
      visit.undo = { at }
      return
    case 'step.undo_failed':
      visit.undo = { at, failure: event.failure, cause: event.cause }
      return
    case 'substep.started':
    case 'substep.finished':
    case 'substep.failed':
      applySubStep(visit.subSteps, event, at)
      return
    default:
      event satisfies never
  }
}

function newVisit(step: string, at: number): Visit {
  return {
    step,
    ...readStep(step),
    status: 'running',
    startedAt: at,
    attempts: [],
    logs: [],
    closed: 0,
    subSteps: new Map(),
  }
}

/** A new worker has the run: what was under way in the old one is over. */
function interrupt(visits: Map<string, Visit>, at: number): void {
  for (const { status, attempts, subSteps } of visits.values()) {
    const last = attempts.at(-1)
    if (status === 'running') stopSubSteps(subSteps)
    if (status === 'running' && last && last.endedAt === undefined) {
      attempts[attempts.length - 1] = { ...last, endedAt: at, interrupted: true }
    }
  }
}

function endAttempt(visit: Visit, end: { attempt: number; endedAt: number; failure?: Failure }): void {
  const index = visit.attempts.findIndex((known) => known.endedAt === undefined)
  const started = visit.attempts[index]
  if (started) visit.attempts[index] = { ...started, ...end }
  else visit.attempts.push({ startedAt: end.endedAt, ...end })
}

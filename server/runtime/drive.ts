import { z } from 'zod'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import { effectOf } from '#nodes/kit/effect.ts'
import { type Failure, fail, StepFailure } from '#nodes/kit/failure.ts'
import type { Command } from '#server/engine/command.ts'
import { decide } from '#server/engine/decide.ts'
import type { StepId } from '#server/engine/history.ts'
import { stepState } from '#server/engine/state.ts'
import { orAttention, resumed } from './attention.ts'
import type { ClaimedRun } from './claim.ts'
import { dueMs, whyNotAgain } from './effects.ts'
import { hearAnswers } from './hear-answers.ts'
import { HeldRun } from './held-run.ts'
import type { Journal } from './journal.ts'
import type { Change } from './line.ts'
import type { Log } from './log.ts'
import type { NewRun, RunResult } from './new-run.ts'
import { firstEvents } from './new-run-row.ts'
import { LostLease } from './not-written.ts'
import { obey } from './obey.ts'
import type { Observe } from './observe.ts'
import type { FindDefinition, Prepared } from './prepare.ts'
import { endWaits, recordEnd } from './record-end.ts'
import { guardedAttempt } from './reliability/guarded-attempt.ts'
import { edited } from './resolution.ts'
import { failureOf } from './run-step.ts'
import type { AttemptEnd, AttemptParts } from './step-attempt.ts'

type RunStep = Extract<Command, { type: 'run-step' }>

export interface DriveParts extends AttemptParts {
  observe: Observe
  journal: Journal
  find: FindDefinition
  prepare: (run: ClaimedRun) => Promise<Prepared>
  replay: (held: HeldRun) => Promise<void>
  release: (run: ClaimedRun) => Promise<void>
  worker: string
  log: Log
}

/** A run in the hands of this worker. */
export interface Drive {
  readonly run: ClaimedRun
  /** When it has ended, waits without a worker, was let go or was lost. Never rejects. */
  readonly done: Promise<void>
  /** What its caller is told, once that is committed; null when that is not heard here. Never rejects. */
  readonly answer: Promise<RunResult | null>
  /** Resolves when it is written for the first time: at once for a run that was claimed. Rejects with why it is not. */
  readonly created: Promise<void>
  /** Has what there is of it written now. */
  hurry(): void
  cancel(reason: string): void
  /** An answer to what it asked may have come in. */
  answered(): void
  /** Begins nothing new, and lets go when what is in flight has ended. */
  wind(): void
  /** Lets go now; what is in flight is aborted and its outcome is not recorded. */
  drop(): void
}

const SIDE_BY_SIDE = 50
const MOST_EVENTS = 1_000_000
/** A pause this short is kept in memory: letting go and claiming again costs more. */
const SHORT_MS = 1_500
const LONGEST_TIMER_MS = 60_000
/** How soon to look for answers again when the database could not be asked. */
const LOOK_AGAIN_MS = 1_000

/** A run that begins here: `atOnce` when somebody waits for it to be written. */
export interface Fresh {
  run: NewRun
  atOnce: boolean
}

export function drive(run: ClaimedRun, parts: DriveParts, fresh?: Fresh): Drive {
  const driver = new Driver(run, parts, fresh)
  return {
    run,
    done: driver.toEnd(),
    answer: driver.answer.promise,
    created: driver.created.promise,
    hurry: () => driver.hurry(),
    cancel: (reason) => driver.cancel(reason),
    answered: () => driver.answered(),
    wind: () => driver.wind(),
    drop: () => driver.drop(),
  }
}

/** Walks one run: asks the engine, does what it says, tells the journal. */
class Driver {
  readonly #run: ClaimedRun
  readonly #parts: DriveParts
  readonly #held: HeldRun
  readonly #fresh: Fresh | undefined
  readonly answer = deferred<RunResult | null>()
  readonly created = deferred<void>()
  #abort = new AbortController()
  readonly #ended: { command: RunStep; end: AttemptEnd }[] = []
  #inFlight = 0
  #winding = false
  #dropped = false
  #cancelReason: string | null
  /** Answers may be in that the history does not have. */
  #unheard = true
  /** Something happened since the loop last looked. */
  #stirred = false
  #wake: () => void = () => {}

  constructor(run: ClaimedRun, parts: DriveParts, fresh: Fresh | undefined) {
    this.#run = run
    this.#parts = parts
    this.#fresh = fresh
    this.#cancelReason = run.cancelReason
    const bornAt = performance.now()
    this.#held = new HeldRun({
      run,
      journal: parts.journal,
      create: fresh && { ...fresh.run, agoMs: () => performance.now() - bornAt },
      onCreated: (error) => (error === undefined ? this.created.resolve() : this.created.reject(error)),
      onAnswer: this.answer.resolve,
      onLost: () => this.drop(),
    })
    // Who asks for it hears of it; nobody need.
    this.created.promise.catch(() => undefined)
    if (!fresh) this.created.resolve()
  }

  hurry() {
    this.#held.send()
  }

  cancel(reason: string) {
    this.#cancelReason ??= reason
    this.#stir()
  }

  answered() {
    this.#unheard = true
    this.#stir()
  }

  wind() {
    this.#winding = true
    this.#stir()
  }

  drop() {
    this.#dropped = true
    this.#abort.abort()
    this.#stir()
  }

  #stir() {
    this.#stirred = true
    this.#wake()
  }

  /** Never rejects. */
  async toEnd(): Promise<void> {
    const { log } = this.#parts
    const about = { tenantId: this.#run.tenantId, runId: this.#run.runId }
    let begun = false
    try {
      const prepared = await this.#begin()
      begun = true
      await this.#walk(prepared)
    } catch (error) {
      if (error instanceof LostLease) log.warn(about, 'Lost a run to another worker')
      else if (this.#held.lost) log.debug({ error, ...about }, 'A run did not begin here')
      else if (begun || isHopeless(error)) await this.#giveUp(error)
      else {
        log.warn({ error, ...about }, 'A run could not be read; it is tried again')
        // Where that fails too, the inspection or the sweep finds it.
        if (this.#fresh) await this.#letGo({ status: 'queued' }).catch(() => undefined)
        else await this.#parts.release(this.#run).catch(() => undefined)
      }
    } finally {
      this.#abort.abort()
      this.answer.resolve(null)
    }
  }

  async #begin(): Promise<Prepared> {
    const { prepare, replay, worker } = this.#parts
    const { token, reason } = this.#run
    const claimed = { type: 'run.claimed', worker, token, reason } as const
    if (this.#fresh) {
      for (const event of [...firstEvents(this.#fresh.run), claimed]) this.#held.append(event)
      if (this.#fresh.atOnce) this.#held.send()
      return prepare(this.#run)
    }
    const [prepared] = await Promise.all([prepare(this.#run), replay(this.#held)])
    this.#held.append(claimed)
    return prepared
  }

  /** The workflow cannot be walked, or we have a bug: the run ends, or it would be tried for ever. */
  async #giveUp(error: unknown) {
    const { log } = this.#parts
    const known = error instanceof StepFailure ? error.failure : undefined
    const { tenantId, runId } = this.#run
    if (!known) log.error({ error, tenantId, runId }, 'A run could not be driven')
    this.#end(known ?? { code: 'unexpected', message: 'Something broke inside Trama.', retryable: false })
    await this.#held.durable().catch(() => undefined)
  }

  async #walk(prepared: Prepared): Promise<void> {
    const held = this.#held
    for (;;) {
      this.#stirred = false
      this.#settle(prepared)
      const lookAgainMs = await this.#hear()
      if (this.#cancelReason !== null && held.state.status === 'running' && !held.state.undoing) {
        held.append({ type: 'run.cancelled', reason: this.#cancelReason })
        this.#abort.abort()
        // What undoes is begun after this.
        this.#abort = new AbortController()
      }
      const lateAtMs = this.#keepTime(prepared)
      const ready = await this.#advance(prepared)
      if (held.events > MOST_EVENTS)
        this.#end({ code: 'too_many_events', message: 'The run is too long.', retryable: false })
      if (held.state.status === 'finished') return held.durable()
      if (this.#dropped) return this.#letGo({ status: 'queued' })
      const wakeAtMs = this.#winding
        ? null
        : earliest(earliest(lookAgainMs, lateAtMs), this.#launch(prepared, ready))
      held.soon()
      if (held.isBehind) await held.durable()
      if (this.#stirred || this.#ended.length > 0) continue
      if (this.#inFlight > 0) await this.#news(wakeAtMs)
      else if (this.#winding) return this.#letGo({ status: 'queued' })
      else if (wakeAtMs === null && held.state.asked.size === 0)
        throw new Error('A run with nothing to do and nothing to wait for')
      else if (wakeAtMs === null || wakeAtMs - held.now() > SHORT_MS)
        return this.#letGo({ status: 'waiting', wakeAtMs })
      else await this.#news(wakeAtMs)
    }
  }

  /** Stops the run when its time is up; gives when that will be. */
  #keepTime({ settings }: Prepared): number | null {
    const held = this.#held
    // What it calls inherits the earlier of its own and its caller's.
    this.#run.deadlineAt = deadlineOf(this.#run, settings.timeoutMinutes)
    const { deadlineAt } = this.#run
    if (!deadlineAt || held.state.status !== 'running' || held.state.undoing) return null
    if (deadlineAt.getTime() > held.now()) return deadlineAt.getTime()
    const message = 'The run took longer than its workflow allows.'
    held.append({ type: 'run.timed_out', failure: { code: 'run_timed_out', message, retryable: false } })
    this.#abort.abort()
    this.#abort = new AbortController()
    return null
  }

  /** Records how steps ended, and lets those go on whose wait is over. */
  #settle(prepared: Prepared) {
    const held = this.#held
    const { find } = this.#parts
    for (const end of this.#ended.splice(0)) {
      const ended = orAttention({ held, prepared, find }, end)
      recordEnd(held, ended)
      this.#unheard ||= ended.end.type === 'suspended'
    }
    if (held.state.status !== 'finished') endWaits(held)
  }

  /** Takes in the answers to what was asked; gives when to look again where that did not work. */
  async #hear(): Promise<number | null> {
    const held = this.#held
    if (!this.#unheard || held.state.asked.size === 0) return null
    this.#unheard = false
    try {
      // The tasks are kept first: what answers them looks for them there.
      held.send()
      await held.durable()
      await hearAnswers(held, this.#parts)
      return null
    } catch (error) {
      if (held.lost) throw error
      this.#parts.log.warn({ error, runId: this.#run.runId }, 'Answers could not be read; trying again')
      this.#unheard = true
      return held.now() + LOOK_AGAIN_MS
    }
  }

  /** Does everything that takes no time; what remains are steps to run. */
  async #advance(prepared: Prepared): Promise<RunStep[]> {
    const held = this.#held
    for (let turn = 1; ; turn++) {
      const commands = decide(prepared.plan, held.state)
      const ready = commands.filter((command) => command.type === 'run-step')
      if (ready.length === commands.length || this.#dropped) return ready
      for (const command of commands) if (command.type !== 'run-step') this.#obey(command, prepared)
      // Other runs have their turn too.
      if (turn % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  #obey(command: Exclude<Command, RunStep>, prepared: Prepared) {
    if (command.type === 'finish-run') this.#finish(command)
    else this.#held.append(obey(command, { held: this.#held, prepared, parts: this.#parts }))
  }

  #finish({
    status,
    output,
    failure,
  }: Pick<Extract<Command, { type: 'finish-run' }>, 'status' | 'output' | 'failure'>) {
    const held = this.#held
    const end = { status, output, ...(failure ? { failure } : {}) }
    held.append({ type: 'run.finished', ...end })
    held.send(end)
    const tookMs = Math.max(0, held.now() - this.#run.startedAt.getTime())
    this.#parts.observe.ended(this.#run, { status, tookMs, costUsd: held.state.used.costUsd })
  }

  #end(failure: Failure & { step?: StepId }) {
    this.#finish({ status: 'failed', output: null, failure })
    this.#abort.abort()
  }

  /** Begins the steps whose time has come; gives the next moment at which there is something to do. */
  #launch(prepared: Prepared, ready: readonly RunStep[]): number | null {
    const held = this.#held
    let next: number | null = null
    for (const { untilMs } of held.state.waiting.values()) next = earliest(next, untilMs)
    // A run whose worker has died more than once goes one step at a time, to find which it is.
    const most = held.state.takeovers > 1 ? 1 : SIDE_BY_SIDE
    for (const command of ready) {
      const due = dueMs(command, { held, prepared, find: this.#parts.find })
      if (due > held.now()) next = earliest(next, due)
      else if (this.#inFlight < most) this.#start(prepared, command)
    }
    return next
  }

  #start(prepared: Prepared, asked: RunStep) {
    const held = this.#held
    const { command, end } = resumed(held, asked)
    if (end) {
      this.#ended.push({ command, end })
      return
    }
    const drawn = prepared.graph.nodes.get(command.node)
    const node = drawn && edited(drawn, stepState(held.state, command.step))
    const definition = node ? this.#parts.find(node.type, node.version) : undefined
    const { step, attempt } = command
    const refuse = (failure: Failure) => this.#ended.push({ command, end: { type: 'failed', failure } })
    if (!node || definition?.role !== 'step') {
      refuse(fail('unknown_node', `There is no node ${node?.type} of version ${node?.version} here.`).failure)
      return
    }
    const past = stepState(held.state, step)
    const doubt = whyNotAgain(past, effectOf(definition, node.params))
    // Where the other side can be asked whether it happened, it is.
    if (doubt && !(definition.reconcile && doubt.code === 'outcome_unknown')) {
      refuse(doubt)
      return
    }
    held.append({ type: 'step.started', step, attempt })
    this.#inFlight++
    void this.#attempt({ command, node, definition, prepared, doubt, hasTurn: past?.status === 'held' })
  }

  async #attempt(about: {
    command: RunStep
    node: NonNullable<ReturnType<Prepared['graph']['nodes']['get']>>
    definition: AnyStep
    prepared: Prepared
    doubt: Failure | null
    hasTurn: boolean
  }) {
    const { signal } = this.#abort
    try {
      const { step, attempt } = about.command
      const watched = { run: this.#run, step, attempt, type: about.node.type }
      const end = await this.#parts.observe.attempting(watched, () =>
        guardedAttempt({ ...about, held: this.#held, parts: this.#parts, signal }, about),
      )
      this.#ended.push({ command: about.command, end })
    } catch (error) {
      // Lost while it waited for the journal: the step did not begin. Anything else is a bug of ours.
      if (this.#held.lost) this.#dropped = true
      else
        this.#ended.push({
          command: about.command,
          end: { type: 'failed', failure: failureOf(error, this.#parts.log) },
        })
    }
    this.#inFlight--
    this.#stir()
  }

  /** Until a step ends, someone cancels, or it is time. */
  async #news(wakeAtMs: number | null): Promise<void> {
    const waitMs = wakeAtMs === null ? LONGEST_TIMER_MS : Math.max(0, wakeAtMs - this.#held.now())
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(waitMs, LONGEST_TIMER_MS))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => {}
  }

  async #letGo(change: Change): Promise<void> {
    this.#held.send(change)
    await this.#held.durable()
  }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** When a run must have ended: so long after it first began, and not after the run that called it. */
function deadlineOf({ startedAt, deadlineAt = null }: ClaimedRun, minutes: number | undefined): Date | null {
  const own = minutes === undefined ? null : startedAt.getTime() + minutes * 60_000
  const at = earliest(own, deadlineAt?.getTime() ?? null)
  return at === null ? null : new Date(at)
}

const earliest = (one: number | null, other: number | null) =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

/** What is stored cannot be walked, now or later. Anything else while reading it is trouble that passes. */
const isHopeless = (error: unknown) => error instanceof StepFailure || error instanceof z.ZodError

import { z } from 'zod'
import { type Failure, StepFailure } from '#nodes/kit/failure.ts'
import type { Command } from '#server/engine/command.ts'
import { decide } from '#server/engine/decide.ts'
import type { StepId } from '#server/engine/history.ts'
import { orAttention } from './attention.ts'
import { beginRun } from './begin-run.ts'
import { breathe } from './breathe.ts'
import type { ClaimedRun } from './claim.ts'
import { deferred } from './deferred.ts'
import type { Drive, DriveParts, Fresh } from './drive-parts.ts'
import { earliest } from './earliest.ts'
import { hearAnswers } from './hear-answers.ts'
import { HeldRun } from './held-run.ts'
import { keepTime } from './keep-time.ts'
import type { Change } from './line.ts'
import type { RunResult } from './new-run.ts'
import { LostLease } from './not-written.ts'
import { obey } from './obey.ts'
import type { Prepared } from './prepare.ts'
import { endWaits, recordEnd } from './record-end.ts'
import { StepsInFlight } from './steps-in-flight.ts'

type RunStep = Extract<Command, { type: 'run-step' }>

const MOST_EVENTS = 1_000_000
/** A pause this short is kept in memory: letting go and claiming again costs more. */
const SHORT_MS = 1_500
const LONGEST_TIMER_MS = 60_000
/** How soon to look for answers again when the database could not be asked. */
const LOOK_AGAIN_MS = 1_000

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
  readonly #steps: StepsInFlight
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
    this.#steps = new StepsInFlight({ held: this.#held, parts, onEnd: () => this.#stir() })
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
    this.#steps.abort()
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
      const prepared = await beginRun(this.#held, { parts: this.#parts, fresh: this.#fresh })
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
      this.#steps.abort()
      this.answer.resolve(null)
    }
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
        this.#steps.abort()
      }
      const lateAtMs = keepTime(this.#held, { prepared, abort: () => this.#steps.abort() })
      const ready = await this.#advance(prepared)
      if (held.events > MOST_EVENTS)
        this.#end({ code: 'too_many_events', message: 'The run is too long.', retryable: false })
      if (held.state.status === 'finished') return held.durable()
      if (this.#dropped) return this.#letGo({ status: 'queued' })
      const wakeAtMs = this.#winding
        ? null
        : earliest(earliest(lookAgainMs, lateAtMs), this.#steps.launch(prepared, ready))
      held.soon()
      const pause = held.isBehind ? held.durable() : breathe()
      if (pause) await pause
      if (this.#stirred || this.#steps.hasEnded) continue
      if (this.#steps.count > 0) await this.#news(wakeAtMs)
      else if (this.#winding) return this.#letGo({ status: 'queued' })
      else if (wakeAtMs === null && held.state.asked.size === 0)
        throw new Error('A run with nothing to do and nothing to wait for')
      else if (wakeAtMs === null || wakeAtMs - held.now() > SHORT_MS)
        return this.#letGo({ status: 'waiting', wakeAtMs: wakeAtMs ?? this.#lookAgainAtMs() })
      else await this.#news(wakeAtMs)
    }
  }

  /** Records how steps ended, and lets those go on whose wait is over. */
  #settle(prepared: Prepared) {
    const held = this.#held
    const { find } = this.#parts
    for (const end of this.#steps.takeEnded()) {
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
    this.#steps.abort()
  }

  /** Until a step ends, someone cancels, or it is time. */
  async #news(wakeAtMs: number | null): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (wakeAtMs === null) return
      const waitMs = Math.max(0, wakeAtMs - this.#held.now())
      const timer = setTimeout(resolve, Math.min(waitMs, LONGEST_TIMER_MS))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => {}
  }

  /** What is to end is taken whenever it has no time to wait for: one that undoes and asks somebody waits a while. */
  #lookAgainAtMs(): number | null {
    const { status, undoing } = this.#held.state
    return status === 'running' && !undoing ? null : this.#held.now() + LONGEST_TIMER_MS
  }

  async #letGo(change: Change): Promise<void> {
    this.#held.send(change)
    await this.#held.durable()
  }
}

/** What is stored cannot be walked, now or later. Anything else while reading it is trouble that passes. */
const isHopeless = (error: unknown) => error instanceof StepFailure || error instanceof z.ZodError

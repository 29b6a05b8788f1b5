import { type NodeContext, Paused, Routed } from '#nodes/kit/define-node.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Means } from '#nodes/kit/means.ts'
import { CodeFailure } from '#server/sandbox/failures.ts'
import type { Attempt } from './run-step.ts'
import type { StepClock } from './step-clock.ts'

const to = <Port extends string, Value>(port: Port, value: Value) => new Routed(port, value)
const pause = <Value>(untilMs: number, value: Value) => new Paused(untilMs, value)

/** What a step is handed. Most steps use little of it, and what is not asked for is not made. */
export class StepContext implements NodeContext<unknown, string> {
  readonly params: unknown
  readonly #attempt: Attempt
  readonly #clock: StepClock
  #means: Means | undefined

  constructor(attempt: Attempt, about: { params: unknown; clock: StepClock }) {
    this.#attempt = attempt
    this.params = about.params
    this.#clock = about.clock
  }

  get #own(): Means {
    this.#means ??= this.#attempt.means(this.#clock.signal)
    return this.#means
  }

  get input() {
    return this.#attempt.input()
  }
  get http() {
    return this.#attempt.http(this.#clock.signal)
  }
  get log() {
    return this.#attempt.log
  }
  get to() {
    return to
  }
  get pause() {
    return pause
  }
  get respond() {
    return this.#attempt.respond
  }
  get runCode() {
    return (code: string, globals: Record<string, Json>) => this.#run(code, globals)
  }
  get nowMs() {
    return this.#attempt.nowMs
  }
  get idempotencyKey() {
    return this.#attempt.idempotencyKey()
  }
  get signal() {
    return this.#clock.signal
  }
  get connection() {
    return this.#attempt.node.connection
  }
  get step() {
    return this.#own.step
  }
  get ask() {
    return this.#own.ask
  }
  get call() {
    return this.#own.call
  }
  get model() {
    return this.#own.model
  }
  get tools() {
    return this.#own.tools
  }
  get stream() {
    return this.#own.stream
  }
  get files() {
    return this.#own.files
  }
  get state() {
    return this.#own.state
  }
  get memory() {
    return this.#own.memory
  }
  get mail() {
    return this.#own.mail
  }
  get sql() {
    return this.#own.sql
  }
  get here() {
    return this.#own.here
  }

  /** Tenants take turns. What code had logged before it failed is kept: it says why. */
  async #run(code: string, globals: Record<string, Json>) {
    const { sandbox, prepared, log } = this.#attempt
    const { timeoutMs, signal } = this.#clock
    try {
      return await sandbox.run({ code, globals, timeoutMs, signal, lane: prepared.tenant.id })
    } catch (error) {
      if (error instanceof CodeFailure) for (const line of error.logs) log(line)
      throw error
    }
  }
}

import { setMaxListeners } from 'node:events'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import { effectOf } from '#nodes/kit/effect.ts'
import { type Failure, fail } from '#nodes/kit/failure.ts'
import type { Command } from '#server/engine/command.ts'
import { stepState } from '#server/engine/state.ts'
import { resumed } from './attention.ts'
import type { DriveParts } from './drive-parts.ts'
import { earliest } from './earliest.ts'
import { dueMs, whyNotAgain } from './effects.ts'
import type { HeldRun } from './held-run.ts'
import type { Prepared } from './prepare.ts'
import { guardedAttempt } from './reliability/guarded-attempt.ts'
import { edited } from './resolution.ts'
import { failureOf } from './run-step.ts'
import type { AttemptEnd } from './step-attempt.ts'

type RunStep = Extract<Command, { type: 'run-step' }>

const SIDE_BY_SIDE = 50

/** Made once: a reason of its own for every run would cost more than many a step. */
const over = new DOMException('The run is over', 'AbortError')

/** The steps of a held run that run now, and how those ended that did since somebody asked. */
export class StepsInFlight {
  readonly #held: HeldRun
  readonly #parts: DriveParts
  readonly #onEnd: () => void
  #abort = new AbortController()
  #ended: { command: RunStep; end: AttemptEnd }[] = []
  #inFlight = 0

  constructor(about: { held: HeldRun; parts: DriveParts; onEnd: () => void }) {
    this.#held = about.held
    this.#parts = about.parts
    this.#onEnd = about.onEnd
  }

  get count(): number {
    return this.#inFlight
  }

  get hasEnded(): boolean {
    return this.#ended.length > 0
  }

  takeEnded() {
    const ended = this.#ended
    this.#ended = []
    return ended
  }

  /** Those that run are to stop; what is begun after this is not concerned. */
  abort(): void {
    if (this.#inFlight === 0) return
    this.#abort.abort(over)
    this.#abort = new AbortController()
  }

  /** Begins the steps whose time has come; gives the next moment at which there is something to do. */
  launch(prepared: Prepared, ready: readonly RunStep[]): number | null {
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
    // Each of them listens for it, and Node would warn of more than a few.
    if (this.#inFlight > 5) setMaxListeners(4 * SIDE_BY_SIDE, this.#abort.signal)
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
      const watched = { run: this.#held.run, step, attempt, type: about.node.type }
      const end = await this.#parts.observe.attempting(watched, () =>
        guardedAttempt({ ...about, held: this.#held, parts: this.#parts, signal }, about),
      )
      this.#ended.push({ command: about.command, end })
    } catch (error) {
      // Lost while it waited for the journal: the step did not begin. Anything else is a bug of ours.
      if (!this.#held.lost)
        this.#ended.push({
          command: about.command,
          end: {
            type: 'failed',
            failure: failureOf(error, { log: this.#parts.log, effect: about.definition.effect }),
          },
        })
    }
    this.#inFlight--
    this.#onEnd()
  }
}

import type { Json } from '#nodes/kit/json.ts'
import { apply } from '#server/engine/apply.ts'
import type { RunEvent, StepEvent } from '#server/engine/history.ts'
import { emptyState, type RunState } from '#server/engine/state.ts'
import type { ClaimedRun } from './claim.ts'
import { encodeEvent } from './event-json.ts'
import type { Journal } from './journal.ts'
import type { Change, Line } from './line.ts'
import type { RunResult } from './new-run.ts'
import type { NewTask } from './new-task.ts'
import { listTooLarge, MOST_BYTES, outputTooLarge } from './step-output.ts'

/** Unwritten events of one run beyond which its worker waits for the journal. */
const MOST_UNWRITTEN = 1_000

interface HeldAbout {
  run: ClaimedRun
  journal: Journal
  /** It is not written yet: the first write makes it. */
  create?: Line['create']
  /** When it is written for the first time, or why it is not; only with `create`. */
  onCreated?: (error?: unknown) => void
  /** When the caller's answer is committed: what a step gave as such, or how the run ended. */
  onAnswer?: (result: RunResult) => void
  onLost: () => void
}

/** A held run's history in memory, and the way to make it longer. */
export class HeldRun {
  readonly run: ClaimedRun
  readonly state: RunState = emptyState()
  /** Another worker has it: nothing more is written, nothing more is begun. */
  lost = false
  /** The world outside felt something of it whose outcome is not written yet. */
  prompt = false
  #seq = 0
  #unsent: Line['events'][number][] = []
  #tasks: NewTask[] = []
  #closes: string[] = []
  #unwritten = 0
  #lastWrite: Promise<void> = Promise.resolve()
  readonly #about: HeldAbout
  /** Until it is sent. */
  #create: Line['create']
  #answered = false

  constructor(about: HeldAbout) {
    this.run = about.run
    this.#about = about
    this.#create = about.create
    this.#seq = about.run.lastSeq
  }

  /** The database's clock, as far as we know it. */
  now(): number {
    return Date.now() + this.run.clockOffsetMs
  }

  get events(): number {
    return this.#seq
  }

  /** Takes in what was stored before the claim. */
  replay(event: RunEvent, at: number): void {
    apply(this.state, event, at)
  }

  /** Adds to the history in memory. It is stored with the next `send`. */
  append(event: RunEvent): void {
    if (this.lost || this.state.status === 'finished') return
    const { event: fitting, text } = storable(event)
    const at = Math.round(this.now())
    apply(this.state, fitting, at)
    this.#unsent.push({ seq: ++this.#seq, at, event: fitting, text })
  }

  /** Keeps questions as tasks, and cancels those that nobody needs answered any more; with the next `send`. */
  ask({ tasks = [], closes = [] }: { tasks?: readonly NewTask[]; closes?: readonly string[] }): void {
    this.#tasks.push(...tasks)
    this.#closes.push(...closes)
  }

  /** Has what was appended stored before long, together with what follows until then. */
  soon(): void {
    if (this.prompt) this.send()
    else if (!this.lost && this.#hasUnsent()) this.#about.journal.soon(this)
  }

  /** Hands what was appended to the journal; with a change the run is let go. */
  send(change?: Change): void {
    if (this.lost || !(this.#hasUnsent() || change)) return
    const { run, state } = this
    const line = { run, workflowId: run.workflowId, used: state.used, change, ...this.#takeUnsent() }
    const answer = this.#answerIn(line)
    this.#unwritten += line.events.length
    const write = this.#about.journal.write(line).finally(() => {
      this.#unwritten -= line.events.length
    })
    write.then(
      () => {
        if (line.create) this.#about.onCreated?.()
        if (answer) this.#about.onAnswer?.(answer)
      },
      (error: unknown) => {
        this.lost = true
        if (line.create) this.#about.onCreated?.(error)
        this.#about.onLost()
      },
    )
    this.#lastWrite = write
  }

  #hasUnsent(): boolean {
    return this.#unsent.length + this.#closes.length > 0
  }

  #takeUnsent(): Pick<Line, 'create' | 'events' | 'tasks' | 'closes'> {
    const taken = { create: this.#create, events: this.#unsent, tasks: this.#tasks, closes: this.#closes }
    this.#create = undefined
    this.#unsent = []
    this.#tasks = []
    this.#closes = []
    this.prompt = false
    return taken
  }

  /** The first of the two that there is: a later one is no answer any more. */
  #answerIn({ events, change }: Pick<Line, 'events' | 'change'>): RunResult | null {
    if (this.#answered) return null
    const said = events.find(({ event }) => event.type === 'run.responded')?.event
    this.#answered = said !== undefined || (change !== undefined && 'output' in change)
    if (said?.type === 'run.responded') {
      const { status, headers, body } = said
      return { status: 'responded', response: { status, headers, body } }
    }
    return change && 'output' in change ? resultOf(change) : null
  }

  /** Resolves when all that was appended is committed; rejects when the run is lost. */
  durable(): Promise<void> {
    this.send()
    return this.#lastWrite
  }

  get isBehind(): boolean {
    return this.#unwritten + this.#unsent.length > MOST_UNWRITTEN
  }
}

function resultOf({ status, output, failure }: Extract<Change, { output: Json }>): RunResult {
  if (status === 'succeeded') return { status, output }
  return failure ? { status, failure } : { status }
}

/** An event too large to keep becomes the failure of its step. */
function storable(event: RunEvent): { event: RunEvent; text: string } {
  const text = encodeEvent(event)
  const bytes = text.length > MOST_BYTES / 3 ? Buffer.byteLength(text) : text.length
  if (bytes <= MOST_BYTES || event.type === 'run.started') return { event, text }
  const smaller = smallerThan(event, bytes)
  return { event: smaller, text: encodeEvent(smaller) }
}

function smallerThan(event: RunEvent, bytes: number): RunEvent {
  if (event.type === 'run.finished')
    return { type: event.type, status: 'failed', output: null, failure: outputTooLarge(bytes) }
  if (event.type === 'run.responded') return { ...event, status: 500, headers: {}, body: null }
  if (event.type === 'iteration.closed') return { ...event, output: null }
  if (event.type === 'substep.started') return { ...event, input: undefined }
  if (event.type === 'step.logged') return { ...event, message: event.message.slice(0, 1_000), data: null }
  const tooLarge = event.type === 'step.opened' ? listTooLarge : outputTooLarge
  return isOfStep(event)
    ? { type: 'step.failed', step: event.step, attempt: event.attempt, failure: tooLarge(bytes) }
    : event
}

const isOfStep = (event: RunEvent): event is StepEvent => 'attempt' in event

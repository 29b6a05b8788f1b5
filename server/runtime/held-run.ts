import { apply } from '#server/engine/apply.ts'
import type { RunEvent, StepEvent } from '#server/engine/history.ts'
import { emptyState, type RunState } from '#server/engine/state.ts'
import type { ClaimedRun } from './claim.ts'
import { encodeEvent } from './event-json.ts'
import type { Journal } from './journal.ts'
import type { Change, Line } from './journal-write.ts'
import type { NewTask } from './new-task.ts'
import { MOST_BYTES, outputTooLarge } from './step-output.ts'

/** Unwritten events of one run beyond which its worker waits for the journal. */
const MOST_UNWRITTEN = 1_000

/** A claimed run's history in memory, and the way to make it longer. */
export class HeldRun {
  readonly run: ClaimedRun
  readonly state: RunState = emptyState()
  /** Another worker has it: nothing more is written, nothing more is begun. */
  lost = false
  #seq = 0
  #unsent: Line['events'][number][] = []
  #tasks: NewTask[] = []
  #closes: string[] = []
  #unwritten = 0
  #lastWrite: Promise<void> = Promise.resolve()
  readonly #journal: Journal
  readonly #onLost: () => void

  constructor(about: { run: ClaimedRun; journal: Journal; onLost: () => void }) {
    this.run = about.run
    this.#journal = about.journal
    this.#onLost = about.onLost
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

  /** Hands what was appended to the journal; with a change the run is let go. */
  send(change?: Change): void {
    if (this.lost || (this.#unsent.length + this.#closes.length === 0 && !change)) return
    const [events, tasks, closes] = [this.#unsent, this.#tasks, this.#closes]
    this.#unsent = []
    this.#tasks = []
    this.#closes = []
    this.#unwritten += events.length
    const { run, state } = this
    const line = { run, workflowId: run.workflowId, events, tasks, closes, used: state.used, change }
    const write = this.#journal.write(line).finally(() => {
      this.#unwritten -= events.length
    })
    write.catch(() => {
      this.lost = true
      this.#onLost()
    })
    this.#lastWrite = write
  }

  /** Resolves when all that was sent is committed; rejects when the run is lost. */
  durable(): Promise<void> {
    return this.#lastWrite
  }

  get isBehind(): boolean {
    return this.#unwritten > MOST_UNWRITTEN
  }
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
  return isOfStep(event)
    ? { type: 'step.failed', step: event.step, attempt: event.attempt, failure: outputTooLarge(bytes) }
    : event
}

const isOfStep = (event: RunEvent): event is StepEvent => 'attempt' in event

import { isUndo } from '#nodes/graph/step-name.ts'
import { apply } from '#server/engine/apply.ts'
import type { Command } from '#server/engine/command.ts'
import { decide } from '#server/engine/decide.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { emptyState, type RunState, stepState } from '#server/engine/state.ts'
import { idempotencyKey, isFelt, whyNotAgain } from '#server/runtime/effects.ts'
import type { Change, ModelDatabase, Row } from './database.ts'
import type { Drawing } from './drawings.ts'
import type { Random } from './random.ts'
import type { Fate, World } from './world.ts'

/** Something beyond the worker's memory. It may die before or after it. */
export interface Io {
  what: 'claim' | 'look' | 'write' | 'effect'
  do(): void
}

export interface WorkerAbout {
  db: ModelDatabase
  world: World
  drawing: Drawing
  random: Random
}

type RunStep = Extract<Command, { type: 'run-step' }>

/** A run in memory, and what of it is not written yet. */
interface Held {
  row: Row
  token: number
  state: RunState
  unsent: RunEvent[]
  inFlight: RunStep[]
}

/**
 * Drives one run as server/runtime/drive.ts does: every yield is a boundary at which the process may die. `onClaim`
 * hears the token, for the heartbeat.
 */
export function* work(
  about: WorkerAbout,
  { id, onClaim }: { id: string; onClaim: (token: number) => void },
): Generator<Io, void, void> {
  const { db, random } = about
  let claimed: ReturnType<ModelDatabase['claim']> = null
  yield {
    what: 'claim',
    do: () => {
      claimed = db.claim(id)
    },
  }
  const held = begin(about, claimed)
  if (!held) return
  onClaim(held.token)
  for (;;) {
    let cancel = false
    yield {
      what: 'look',
      do: () => {
        cancel = held.row.cancel
      },
    }
    if (cancel && held.state.status === 'running' && !held.state.undoing) stop(about, held)
    endWaits(about, held)
    const ready = advance(about, held)
    if (held.state.status === 'finished') return yield* write(about, held)
    const wakeAt = launch(about, { held, ready })
    if (held.inFlight.length === 0) {
      if (wakeAt === null) continue
      return yield* write(about, held, { status: 'waiting', wakeAt })
    }
    if (random.chance(0.3)) yield* write(about, held)
    yield* attempt(about, held)
  }
}

function begin(about: WorkerAbout, claimed: ReturnType<ModelDatabase['claim']>): Held | undefined {
  if (!claimed) return undefined
  const { row, token, reason } = claimed
  const held: Held = { row, token, state: emptyState(), unsent: [], inFlight: [] }
  for (const { event, at } of row.events) apply(held.state, event, at)
  append(about, held, { type: 'run.claimed', worker: `w${token}`, token, reason })
  return held
}

function append({ db }: WorkerAbout, held: Held, event: RunEvent) {
  apply(held.state, event, db.now)
  held.unsent.push(event)
}

function* write({ db }: WorkerAbout, held: Held, change?: Change): Generator<Io, void, void> {
  const events = held.unsent.splice(0)
  yield { what: 'write', do: () => db.write({ id: held.row.id, token: held.token }, events, change) }
}

/** What is in flight is aborted; nobody knows what came of it. */
function stop(about: WorkerAbout, held: Held) {
  append(about, held, { type: 'run.cancelled', reason: 'user' })
  const failure = { code: 'cancelled', message: 'Cancelled', retryable: false }
  for (const { step, attempt } of held.inFlight.splice(0))
    append(about, held, { type: 'step.failed', step, attempt, failure })
}

function endWaits(about: WorkerAbout, held: Held) {
  const { waiting, status, undoing } = held.state
  for (const [step, { untilMs }] of waiting) {
    const past = stepState(held.state, step)
    const goesOn = isUndo(step) || (status === 'running' && !undoing)
    if (past?.status !== 'waiting' || !goesOn) waiting.delete(step)
    else if (untilMs <= about.db.now) {
      const { attempt, port, output, undo } = past
      append(about, held, { type: 'step.finished', step, attempt, port, output, ...(undo ? { undo } : {}) })
    }
  }
}

/** Does everything that takes no time. */
function advance(about: WorkerAbout, held: Held): RunStep[] {
  for (;;) {
    const commands = decide(about.drawing.plan, held.state)
    const ready = commands.filter((command) => command.type === 'run-step')
    if (ready.length === commands.length) return ready
    for (const command of commands) if (command.type !== 'run-step') append(about, held, eventOf(command))
  }
}

function eventOf(command: Exclude<Command, RunStep>): RunEvent {
  if (command.type === 'finish-run') {
    const { status, output, failure } = command
    return { type: 'run.finished', status, output, ...(failure ? { failure } : {}) }
  }
  const { step, attempt } = command
  switch (command.type) {
    case 'open-step':
      return step.endsWith('t')
        ? { type: 'step.opened', step, attempt, items: [null] }
        : { type: 'step.opened', step, attempt, items: [1, 2, 3], concurrency: 2 }
    case 'close-iteration':
      return { type: 'iteration.closed', step, attempt, index: command.index, output: command.output }
    case 'close-step':
      return { type: 'step.finished', step, attempt, port: 'out', output: command.output }
    case 'fail-step':
      return { type: 'step.failed', step, attempt, failure: command.failure, cause: command.cause }
    case 'catch-step':
      return { type: 'step.caught', step, attempt, failure: command.failure, cause: command.cause }
    case 'end-undo':
      return command.failed
        ? {
            type: 'step.undo_failed',
            step,
            attempt,
            failure: command.failed.failure,
            cause: command.failed.step,
          }
        : { type: 'step.undone', step, attempt }
  }
}

/** Begins the steps whose time has come; gives the next moment at which there is something to do. */
function launch(
  about: WorkerAbout,
  { held, ready }: { held: Held; ready: readonly RunStep[] },
): number | null {
  const times = [...held.state.waiting.values()].map(({ untilMs }) => untilMs)
  for (const command of ready) {
    const { step, attempt, node } = command
    const due = command.sinceMs + command.delayMs
    if (due > about.db.now) times.push(due)
    else if (held.state.takeovers < 2 || held.inFlight.length === 0) {
      const against = whyNotAgain(stepState(held.state, step), about.drawing.effectOf(node))
      if (against) {
        append(about, held, { type: 'step.failed', step, attempt, failure: against })
        times.push(about.db.now)
      } else {
        append(about, held, { type: 'step.started', step, attempt })
        held.inFlight.push(command)
      }
    }
  }
  return times.length === 0 || times.some((at) => at <= about.db.now) ? null : Math.min(...times)
}

/** One of the steps in flight does what it does, and ends. */
function* attempt(about: WorkerAbout, held: Held): Generator<Io, void, void> {
  const { world, drawing, db, random } = about
  const [command] = held.inFlight.splice(random.below(held.inFlight.length), 1)
  if (!command) return
  const { step, attempt, node } = command
  const effect = drawing.effectOf(node)
  // What it builds on, and that it begins, is on disk before the world can feel it.
  if (isFelt(effect) || held.state.takeovers > 0) yield* write(about, held)
  let fate: Fate = 'out'
  yield {
    what: 'effect',
    do: () => {
      fate = world.fateOf(step, attempt)
      const run = held.row.id
      const call = {
        run,
        step,
        key: idempotencyKey(run, step),
        token: held.token,
        attempt,
        effect,
        at: db.now,
      }
      world.calls.push({ ...call, happened: fate !== 'fail' })
    },
  }
  append(about, held, endOf(command, { fate, now: db.now }))
}

function endOf({ step, attempt, undo }: RunStep, { fate, now }: { fate: Fate; now: number }): RunEvent {
  const mark = undo ? { undo } : {}
  const output = `${step}#${attempt}`
  if (fate === 'fail')
    return { type: 'step.failed', step, attempt, failure: { code: 'x', message: 'No', retryable: true } }
  if (fate === 'wait')
    return { type: 'step.waiting', step, attempt, untilMs: now + 40, port: 'out', output, ...mark }
  return { type: 'step.finished', step, attempt, port: fate, output, ...mark }
}

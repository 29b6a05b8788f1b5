import type { Json } from '#nodes/kit/json.ts'
import type { RunEvent } from '#server/engine/history.ts'
import type { UsageTotal } from '#server/engine/sub-steps.ts'
import type { NewRun, RunRef, RunResult } from './new-run.ts'
import type { NewTask } from './new-task.ts'

/** Some events of one run, and what becomes of the run with them. */
export interface Line {
  run: RunRef & { token: number; isAwaited?: boolean }
  workflowId: string
  /** The run is not there yet: it is written with this, if the database has no reason against it. */
  create?: NewRun & { agoMs: () => number }
  events: readonly { seq: number; at: number; event: RunEvent; text: string }[]
  /** Questions to keep, and tasks nobody needs answered any more. */
  tasks: readonly NewTask[]
  closes: readonly string[]
  /** Of the whole run so far. */
  used: UsageTotal
  change?: Change
}

/** A change lets go of the run: it waits, goes back in line, or has ended. */
export type Change =
  | { status: 'waiting'; wakeAtMs: number | null }
  | { status: 'queued' }
  | { status: 'succeeded' | 'failed' | 'cancelled'; output: Json; failure?: RunResult['failure'] }

/** One line for each run of a batch, so that a run is written once. */
export function merged(batch: readonly Line[]): Line[] {
  const lines = new Map<string, Line>()
  for (const line of batch) {
    const before = lines.get(line.run.runId)
    if (!before || before.run.token < line.run.token) lines.set(line.run.runId, line)
    else if (before.run.token === line.run.token) lines.set(line.run.runId, joined(before, line))
  }
  return [...lines.values()]
}

const joined = (before: Line, line: Line): Line => ({
  ...line,
  create: before.create,
  events: [...before.events, ...line.events],
  tasks: [...before.tasks, ...line.tasks],
  closes: [...before.closes, ...line.closes],
  change: line.change ?? before.change,
})

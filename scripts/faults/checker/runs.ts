import type { Acknowledged } from '../load.ts'
import { undoneBecause } from '../workflows.ts'
import { hasEnded, type RunRecord } from './record.ts'

/** Ends that are promised where nobody can know better; any other failure is one that the faults caused. */
const honest = new Set(['outcome_unknown', 'worker_crashed', undoneBecause])

/** Triggers that were acknowledged and have no run. */
export function lostOf(record: readonly RunRecord[], acknowledged: readonly Acknowledged[]): string[] {
  const runs = new Set(record.map(({ id }) => id))
  return acknowledged
    .filter(({ runId }) => !runs.has(runId))
    .map(({ key, runId }) => `${key}: no run ${runId}`)
}

/** Keys of which different runs were told. */
export function doubledOf(acknowledged: readonly Acknowledged[]): string[] {
  const first = new Map<string, string>()
  return acknowledged.flatMap(({ key, runId }) => {
    const before = first.get(key) ?? runId
    first.set(key, before)
    return before === runId ? [] : [`${key}: ${before} and ${runId}`]
  })
}

/** Runs that have not ended, though nothing was broken for long enough. One that asks a person is not stuck. */
export function stuckOf(record: readonly RunRecord[]): string[] {
  return record
    .filter((run) => !hasEnded(run) && !run.asks)
    .map((run) => `${run.workflow} ${run.id} is ${run.status}, last ${run.events.at(-1)?.event.type}`)
}

export function failedOf(record: readonly RunRecord[]): string[] {
  return record
    .filter(({ status, failure }) => status !== 'succeeded' && failure && !honest.has(failure.code))
    .map((run) => `${run.workflow} ${run.id}: ${run.failure?.code}: ${run.failure?.message}`)
}

/** Histories that could not have happened: two ends, something after the end, a step done again, a token gone back. */
export function impossibleOf(record: readonly RunRecord[]): string[] {
  return record.flatMap((run) => wrongIn(run).map((what) => `${run.workflow} ${run.id}: ${what}`))
}

function wrongIn(run: RunRecord): string[] {
  const wrong: string[] = []
  const done = new Set<string>()
  let token = 0
  let ends = 0
  for (const { event } of run.events) {
    if (ends > 0) wrong.push(`${event.type} after its end`)
    if (event.type === 'run.finished') ends++
    if (event.type === 'run.claimed') {
      if (event.token <= token) wrong.push(`token ${event.token} after ${token}`)
      token = event.token
    }
    if (!event.type.startsWith('step.') || !('step' in event)) continue
    if (event.type === 'step.undone' || event.type === 'step.undo_failed') continue
    if (done.has(event.step)) wrong.push(`${event.type} of ${event.step} after it was recorded`)
    if (event.type === 'step.finished') done.add(event.step)
  }
  if (hasEnded(run) && ends !== 1) wrong.push(`${ends} ends`)
  return wrong
}

import type { RunRecord } from './record.ts'

/** As for effects: two processes, one of which may have a wrong clock. */
const TOLERANCE_MS = 1_000

/** Runs that failed after effects which have something that undoes them, and were not undone, the last one first. */
export function notUndone(record: readonly RunRecord[]): string[] {
  return record
    .filter(({ workflow, finishedAt }) => workflow === 'undoing' && finishedAt !== null)
    .flatMap((run) => {
      const undone = run.events.flatMap(({ event }) => (event.type === 'step.undone' ? [event.step] : []))
      return undone.join() === 'charge,reserve' ? [] : [`${run.id}: ${undone.join(', ') || 'nothing undone'}`]
    })
}

/** Runs with the same ordering key of which a later one began before the earlier one had ended. */
export function outOfOrder(record: readonly RunRecord[]): string[] {
  const last = new Map<string, RunRecord>()
  const wrong: string[] = []
  const accepted = [...record].sort(
    (one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1),
  )
  for (const run of accepted) {
    if (run.orderingKey === null) continue
    const before = last.get(run.orderingKey)
    const began = run.events.find(({ event }) => event.type === 'run.claimed')?.at
    if (
      before &&
      began !== undefined &&
      began + TOLERANCE_MS < (before.finishedAt ?? Number.POSITIVE_INFINITY)
    )
      wrong.push(`${run.orderingKey}: ${run.id} began before ${before.id} had ended`)
    last.set(run.orderingKey, run)
  }
  return wrong
}

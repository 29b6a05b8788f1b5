import type { Visit } from '#client/canvas/run-record.ts'
import { type RetryPolicy, retryDelay, retryWindow } from '#nodes/kit/reliability.ts'

/** What a row of the timeline says besides how the step stands. */
export type RowNote =
  /** It is tried again, by then at the latest. */
  | { kind: 'retrying'; attempt: number; of: number; byMs: number }
  | { kind: 'until'; atMs: number }
  | { kind: 'attention' | 'undone' | 'not_undone' | 'reused' | 'edited' }
  /** It takes back what a step had done. */
  | { kind: 'undoes'; step: string }

/** The one thing that tells most. */
export function noteOf(
  visit: Visit,
  { ended, policy }: { ended: boolean; policy: RetryPolicy },
): RowNote | undefined {
  const { undo, attention, reused, untilMs } = visit
  if (undo) return { kind: undo.failure ? 'not_undone' : 'undone' }
  if (attention && visit.status === 'waiting' && !ended) return { kind: 'attention' }
  if (reused) return { kind: reused === 'edited' ? 'edited' : 'reused' }
  if (!ended && visit.status === 'waiting' && untilMs !== undefined) return { kind: 'until', atMs: untilMs }
  const retry = ended ? undefined : retryOf(visit, policy)
  if (retry) return retry
  const undoes = /^undo\((.*)\)/.exec(visit.step)?.[1]
  return undoes === undefined ? undefined : { kind: 'undoes', step: undoes }
}

function retryOf({ status, failure, attempts }: Visit, policy: RetryPolicy): RowNote | undefined {
  const last = attempts.at(-1)
  if (status !== 'failed' || !failure || last?.endedAt === undefined) return undefined
  const delayMs = retryDelay(policy, last.attempt, failure)
  if (delayMs === null) return undefined
  const { toMs } = retryWindow(delayMs, { policy, failure })
  return { kind: 'retrying', attempt: last.attempt, of: policy.attempts, byMs: last.endedAt + toMs }
}

import type { ClaimedRun } from './claim.ts'
import { earliest } from './earliest.ts'
import type { HeldRun } from './held-run.ts'
import type { Prepared } from './prepare.ts'

/** Stops the run when its time is up; gives when that will be. */
export function keepTime(
  held: HeldRun,
  { prepared, abort }: { prepared: Prepared; abort: () => void },
): number | null {
  const { run } = held
  // What it calls inherits the earlier of its own and its caller's.
  run.deadlineAt = deadlineOf(run, prepared.settings.timeoutMinutes)
  const { deadlineAt } = run
  if (!deadlineAt || held.state.status !== 'running' || held.state.undoing) return null
  if (deadlineAt.getTime() > held.now()) return deadlineAt.getTime()
  const message = 'The run took longer than its workflow allows.'
  held.append({ type: 'run.timed_out', failure: { code: 'run_timed_out', message, retryable: false } })
  abort()
  return null
}

/** When a run must have ended: so long after it first began, and not after the run that called it. */
function deadlineOf(
  { startedAt, deadlineAt = null }: Pick<ClaimedRun, 'startedAt' | 'deadlineAt'>,
  minutes: number | undefined,
): Date | null {
  const own = minutes === undefined ? null : startedAt.getTime() + minutes * 60_000
  const at = earliest(own, deadlineAt?.getTime() ?? null)
  return at === null ? null : new Date(at)
}

import type { Outputs } from '#client/lib/router-types.ts'

type Poll = Outputs['workflows']['polls'][number]

/** How a trigger that asks again and again does. */
export interface PollState {
  /** When it last asked; null before the first time. */
  lastAt: number | null
  /** When it asks next: what is overdue, now. */
  nextAt: number
  /** Why the last time gave nothing. */
  trouble: string | null
}

export function pollState(poll: Poll, now: number): PollState {
  const nextAt = new Date(poll.nextAt).getTime()
  const common = { nextAt: Math.max(nextAt, now) }
  if (poll.failure)
    return { ...common, lastAt: new Date(poll.failure.at).getTime(), trouble: poll.failure.message }
  // After a check that went well the next one is a whole pause later.
  const lastAt = poll.begun ? Math.min(nextAt - poll.everyMs, now) : null
  return { ...common, lastAt, trouble: null }
}

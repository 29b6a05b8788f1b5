import type pg from 'pg'
import { AppError } from '#server/errors.ts'
import { countRuns, noDay, type RunCounts } from './count-runs.ts'
import { type EffectiveLimits, effectiveLimits, suspendedError } from './limits.ts'
import type { NewRun } from './new-run.ts'

/** A count this old is still gone by, while a new one is asked for. Older than `STALE_MS`, it is waited for. */
const FRESH_MS = 500
const STALE_MS = 5_000
const MOST_KEPT = 10_000

const DAY_MS = 86_400_000

interface Counted extends RunCounts {
  at: number
  /** Accepted by this process since. */
  own: number
  counting?: Promise<void>
}

/**
 * Decides whether a run is let in. Rate and line are counted in the runs themselves, which all processes share, every
 * half second; in between each process adds what it let in itself. So several processes may together exceed a limit by
 * what the others let in within that half second, and no accept waits for another.
 */
export function createAdmit(pool: pg.Pool) {
  const counts = new Map<string, Counted>()

  async function count(tenantId: string, limits: EffectiveLimits): Promise<Counted> {
    const known = counts.get(tenantId)
    const age = known ? performance.now() - known.at : Number.POSITIVE_INFINITY
    if (known && age < FRESH_MS) return known
    const counted = known ?? { ...nothing, at: Number.NEGATIVE_INFINITY, own: 0 }
    if (!known && counts.size >= MOST_KEPT) counts.clear()
    counts.set(tenantId, counted)
    counted.counting ??= refresh(counted, { tenantId, limits })
    if (age >= STALE_MS) await counted.counting
    // Nobody waits for it: when it fails, the next one asks again.
    else counted.counting.catch(() => undefined)
    return counted
  }

  async function refresh(counted: Counted, about: { tenantId: string; limits: EffectiveLimits }) {
    const before = counted.own
    try {
      Object.assign(counted, await countRuns(pool, { ...about, before: counted.today }))
      counted.own -= before
      counted.at = performance.now()
    } finally {
      counted.counting = undefined
    }
  }

  /**
   * Throws when the tenant is suspended, starts too much, or has too much in line. Where too much is not to be refused,
   * gives when the run may begin.
   */
  return async ({ tenantId, startedBy, parent }: NewRun): Promise<Date | undefined> => {
    // What a run that was let in waits for is let in as well; when it may begin is decided at the claim. A call that
    // nobody waits for counts like any other start.
    if (startedBy === 'error' || (startedBy === 'call' && parent?.task !== undefined)) return undefined
    const limits = await effectiveLimits(pool, tenantId)
    if (limits.suspended) throw suspendedError(limits.suspended.why)
    const counted = await count(tenantId, limits)
    if (counted.queued + counted.own >= limits.queuedRuns) throw lineFull(limits.queuedRuns)
    const notBefore = limits.overLimit === 'wait' ? fits(counted, limits) : refuseOver(counted, limits)
    counted.own += 1
    return notBefore
  }
}

const nothing: RunCounts = { recent: 0, queued: 0, delayed: 0, today: noDay }

function refuseOver({ recent, own, today }: Counted, { runsPerMinute, dailyRuns }: EffectiveLimits) {
  if (recent + own >= runsPerMinute) throw tooMany(runsPerMinute)
  if (dailyRuns !== null && today.count + own >= dailyRuns) throw dayFull(dailyRuns, today.midnight)
  return undefined
}

/** When one more fits: now, behind those that wait for their turn under the rate, or on the day that has room. */
function fits(
  { recent, own, delayed, today }: Counted,
  { runsPerMinute, dailyRuns }: EffectiveLimits,
): Date | undefined {
  const over = dailyRuns === null ? -1 : today.count + own - dailyRuns
  if (over >= 0) {
    const days = 1 + Math.floor(over / Math.max(1, dailyRuns ?? 1))
    return new Date(today.midnight.getTime() + days * DAY_MS)
  }
  const ahead = delayed > 0 ? delayed + own : recent + own - runsPerMinute
  return ahead < 0 ? undefined : new Date(Date.now() + ((ahead + 1) * 60_000) / Math.max(1, runsPerMinute))
}

function dayFull(most: number, midnight: Date) {
  const leftMs = midnight.getTime() + DAY_MS - Date.now()
  return new AppError('limit_reached', `This tenant starts more than ${most} runs in a day`, {
    limit: 'dailyRuns',
    most,
    retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
  })
}

function tooMany(most: number) {
  return new AppError('limit_reached', `This tenant starts more than ${most} runs in a minute`, {
    limit: 'runsPerMinute',
    most,
    retryAfterSeconds: most === 0 ? 60 : Math.min(60, Math.max(1, Math.ceil(60 / most))),
  })
}

function lineFull(most: number) {
  return new AppError('limit_reached', `${most} runs of this tenant wait in line already`, {
    limit: 'queuedRuns',
    most,
    retryAfterSeconds: 10,
  })
}

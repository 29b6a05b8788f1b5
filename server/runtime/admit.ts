import type pg from 'pg'
import { AppError } from '#server/errors.ts'
import { type EffectiveLimits, effectiveLimits, suspendedError } from './limits.ts'
import type { NewRun } from './new-run.ts'

/** A count this old is still gone by, while a new one is asked for. Older than `STALE_MS`, it is waited for. */
const FRESH_MS = 500
const STALE_MS = 5_000
const MOST_KEPT = 10_000

interface Counted {
  at: number
  /** Accepted in the last minute, and in line. */
  recent: number
  queued: number
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
    const counted = known ?? { at: Number.NEGATIVE_INFINITY, recent: 0, queued: 0, own: 0 }
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
      Object.assign(counted, await ask(pool, about))
      counted.own -= before
      counted.at = performance.now()
    } finally {
      counted.counting = undefined
    }
  }

  /** Throws when the tenant is suspended, starts too much, or has too much in line. */
  return async ({ tenantId, startedBy, parent }: NewRun): Promise<void> => {
    // What a run that was let in waits for is let in as well; when it may begin is decided at the claim. A call that
    // nobody waits for counts like any other start.
    if (startedBy === 'error' || (startedBy === 'call' && parent?.task !== undefined)) return
    const limits = await effectiveLimits(pool, tenantId)
    if (limits.suspended) throw suspendedError(limits.suspended.why)
    const counted = await count(tenantId, limits)
    if (counted.recent + counted.own >= limits.runsPerMinute) throw tooMany(limits.runsPerMinute)
    if (counted.queued + counted.own >= limits.queuedRuns) throw lineFull(limits.queuedRuns)
    counted.own += 1
  }
}

/** No row more is looked at than decides. */
async function ask(pool: pg.Pool, { tenantId, limits }: { tenantId: string; limits: EffectiveLimits }) {
  const { rows } = await pool.query<{ recent: number; queued: number }>(
    `SELECT
       (SELECT count(*)::int FROM (SELECT FROM run WHERE tenant_id = $1
          AND created_at > now() - interval '1 minute' LIMIT $2) r) AS recent,
       (SELECT count(*)::int FROM (SELECT FROM run WHERE tenant_id = $1 AND status = 'queued' LIMIT $3) r) AS queued`,
    [tenantId, limits.runsPerMinute + 1, limits.queuedRuns + 1],
  )
  return rows[0] ?? { recent: 0, queued: 0 }
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

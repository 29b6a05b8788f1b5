import type pg from 'pg'
import { AppError } from '#server/errors.ts'

export const overLimits = ['refuse', 'wait'] as const
export type OverLimit = (typeof overLimits)[number]

/** What a tenant may use now: its own limits, and the installation's where it has none. */
export interface EffectiveLimits {
  weight: number
  concurrentRuns: number
  runsPerMinute: number
  queuedRuns: number
  /** Accepted in a day (UTC); null: as many as come. */
  dailyRuns: number | null
  /** What becomes of a run over the rate or the day's number: it is refused, or waits in line until it fits. */
  overLimit: OverLimit
  storageMb: number
  /** What model calls may cost in a calendar month (UTC); null: as much as they do. */
  monthlyCostUsd: number | null
  /** Its runs wait in line: the tenant or the whole installation is paused. */
  paused: 'installation' | 'tenant' | null
  /** Nothing starts. */
  suspended: { at: string; why: string } | null
}

/** How long a process goes by what it read: a change holds everywhere after that, without a restart. */
const FRESH_MS = 2_000
const MOST_KEPT = 10_000

interface Kept {
  until: number
  limits: Promise<EffectiveLimits>
}

const kept = new WeakMap<pg.Pool, Map<string, Kept>>()

/** The limits in force; at most two seconds old. */
export function effectiveLimits(engine: pg.Pool, tenantId: string): Promise<EffectiveLimits> {
  const known = kept.get(engine) ?? new Map<string, Kept>()
  kept.set(engine, known)
  const before = known.get(tenantId)
  if (before && before.until > performance.now()) return before.limits
  if (known.size >= MOST_KEPT) known.clear()
  const limits = read(engine, tenantId)
  // What failed is asked again.
  limits.catch(() => known.delete(tenantId))
  known.set(tenantId, { until: performance.now() + FRESH_MS, limits })
  return limits
}

/** What was just changed holds in this process at once. */
export function forgetLimits(engine: pg.Pool): void {
  kept.delete(engine)
}

/** Who asks for a change or a start is told why; no other role or key helps. */
export function suspendedError(why: string) {
  const reason = why ? `: ${why}` : ''
  return new AppError('forbidden', `This tenant is suspended${reason}`, { reason: 'suspended', why })
}

interface Row {
  weight: number | null
  concurrent_runs: number
  runs_per_minute: number
  queued_runs: number
  daily_runs: number | null
  over_limit: OverLimit
  storage_mb: number
  monthly_cost_usd: number | null
  installation_paused: boolean
  tenant_paused: boolean | null
  suspended_at: Date | null
  suspended_why: string | null
}

async function read(engine: pg.Pool, tenantId: string): Promise<EffectiveLimits> {
  const { rows } = await engine.query<Row>(
    `SELECT t.weight, coalesce(t.concurrent_runs, i.concurrent_runs) AS concurrent_runs,
       coalesce(t.runs_per_minute, i.runs_per_minute) AS runs_per_minute,
       coalesce(t.queued_runs, i.queued_runs) AS queued_runs, coalesce(t.daily_runs, i.daily_runs) AS daily_runs,
       coalesce(t.over_limit, i.over_limit) AS over_limit, coalesce(t.storage_mb, i.storage_mb) AS storage_mb,
       coalesce(t.monthly_cost_usd, i.monthly_cost_usd)::float8 AS monthly_cost_usd,
       i.paused_at IS NOT NULL AS installation_paused, t.paused_at IS NOT NULL AS tenant_paused,
       t.suspended_at, t.suspended_why
     FROM installation i LEFT JOIN tenant_limit t ON t.tenant_id = $1`,
    [tenantId],
  )
  const row = rows[0]
  if (!row) throw new Error('The installation has no row')
  return {
    weight: row.weight ?? 1,
    concurrentRuns: row.concurrent_runs,
    runsPerMinute: row.runs_per_minute,
    queuedRuns: row.queued_runs,
    dailyRuns: row.daily_runs,
    overLimit: row.over_limit,
    storageMb: row.storage_mb,
    monthlyCostUsd: row.monthly_cost_usd,
    paused: row.installation_paused ? 'installation' : row.tenant_paused ? 'tenant' : null,
    suspended: row.suspended_at && { at: row.suspended_at.toISOString(), why: row.suspended_why ?? '' },
  }
}

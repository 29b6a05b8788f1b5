import { fail } from '#nodes/kit/failure.ts'
import { effectiveLimits } from '../limits.ts'
import type { StepAbout } from './step-about.ts'

/** Throws before a model call where the tenant has spent what it may in this calendar month (UTC). */
export async function stopAtMonthlyLimit({ pool, tenantId }: StepAbout): Promise<void> {
  const { monthlyCostUsd: most } = await effectiveLimits(pool, tenantId)
  if (most === null) return
  const spent = await spentThisMonth({ pool, tenantId })
  if (spent < most) return
  throw fail(
    'budget_reached',
    `The models of this team have cost $${spent.toFixed(2)} this month, and may cost $${most.toFixed(2)}. An admin of the installation can raise the limit.`,
  )
}

/** What has been counted by day, and what runs that go on have cost so far. */
async function spentThisMonth({ pool, tenantId }: Pick<StepAbout, 'pool' | 'tenantId'>): Promise<number> {
  const { rows } = await pool.query<{ spent: number }>(
    `SELECT (
       coalesce((SELECT sum(cost_usd) FROM usage_day
         WHERE tenant_id = $1 AND day >= date_trunc('month', now() AT TIME ZONE 'utc')), 0)
       + coalesce((SELECT sum(cost_usd) FROM run
         WHERE tenant_id = $1 AND status IN ('queued', 'running', 'waiting') AND cost_usd > 0), 0)
     )::float8 AS spent`,
    [tenantId],
  )
  return rows[0]?.spent ?? 0
}

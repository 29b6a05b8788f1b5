import { fail } from '#nodes/kit/failure.ts'
import { effectiveLimits } from '../limits.ts'
import { monthCostUsd } from '../settle-usage.ts'
import type { StepAbout } from './step-about.ts'

/** Throws before a model call where the tenant has spent what it may in this calendar month (UTC). */
export async function stopAtMonthlyLimit({
  pool,
  tenantId,
}: Pick<StepAbout, 'pool' | 'tenantId'>): Promise<void> {
  const { monthlyCostUsd: most } = await effectiveLimits(pool, tenantId)
  if (most === null) return
  const spent = await monthCostUsd(pool, tenantId)
  if (spent < most) return
  throw fail(
    'budget_reached',
    `The models of this team have cost $${spent.toFixed(2)} this month, and may cost $${most.toFixed(2)}. An admin of the installation can raise the limit.`,
  )
}

import type pg from 'pg'
import { z } from 'zod'
import { effectiveLimits } from '#server/runtime/limits.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

const Used = z.object({
  concurrentRuns: z.number(),
  queuedRuns: z.number(),
  runsToday: z.number(),
  storageMb: z.number(),
  monthCostUsd: z.number(),
})

/** What the tenant used day by day, what it may use, and what it uses now. */
export async function readUsage(
  { scope, engine }: { scope: TenantScope; engine: pg.Pool },
  { days }: { days: number },
) {
  const tenantId = scope.tenant.id
  const limits = await effectiveLimits(engine, tenantId)
  return scope.inTenant(async (db) => {
    const rows = await db.usageDay.findMany({
      where: { tenantId, day: { gt: new Date(Date.now() - days * 86_400_000) } },
      orderBy: { day: 'asc' },
    })
    const [used] = z.array(Used).parse(
      await db.$queryRaw`
        select
          (select count(*)::int from run where tenant_id = ${tenantId} and finished_at is null
            and lease_until is not null) as "concurrentRuns",
          (select count(*)::int from run where tenant_id = ${tenantId} and status = 'queued') as "queuedRuns",
          (select count(*)::int from (select from run where tenant_id = ${tenantId}
            and created_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc'
            limit ${limits.dailyRuns ?? 0}) r) as "runsToday",
          (select coalesce(sum(size), 0)::float8 / 1048576 from file where tenant_id = ${tenantId}) as "storageMb",
          (select coalesce(sum(cost_usd), 0)::float8 from usage_day where tenant_id = ${tenantId}
            and day >= date_trunc('month', now() at time zone 'utc')) as "monthCostUsd"`,
    )
    return {
      days: rows.map((row) => ({
        day: row.day.toISOString().slice(0, 10),
        runs: row.runs,
        succeeded: row.succeeded,
        failed: row.failed,
        cancelled: row.cancelled,
        costUsd: row.costUsd.toNumber(),
        inputTokens: Number(row.inputTokens),
        outputTokens: Number(row.outputTokens),
      })),
      limits,
      used: used ?? { concurrentRuns: 0, queuedRuns: 0, runsToday: 0, storageMb: 0, monthCostUsd: 0 },
    }
  })
}

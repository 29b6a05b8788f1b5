import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from './read.ts'

const MOST_MISSES = 5

/** The schedules of a published workflow: when they come next, and the latest times at which nothing started. */
export async function schedulesOf(scope: TenantScope, { id }: { id: string }) {
  const tenantId = scope.tenant.id
  return scope.inTenant(async (db) => {
    if ((await db.workflow.count({ where: { tenantId, id } })) === 0) throw noSuchWorkflow()
    const where = { tenantId, workflowId: id }
    const rows = await db.schedule.findMany({ where, orderBy: { nodeKey: 'asc' } })
    return Promise.all(
      rows.map(async ({ nodeKey, nextAt, zone }) => {
        const misses = await db.scheduleMiss.findMany({
          where: { ...where, nodeKey },
          orderBy: { at: 'desc' },
          take: MOST_MISSES,
        })
        return {
          nodeKey,
          zone,
          nextAt: nextAt?.toISOString() ?? null,
          misses: misses.map(({ at, until, times, reason }) => ({
            at: at.toISOString(),
            until: until.toISOString(),
            /** Null: more than were counted. */
            times,
            reason,
          })),
        }
      }),
    )
  })
}

import { z } from 'zod'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from './read.ts'

const Failure = z.object({ code: z.string(), message: z.string(), at: z.string() })

/** How the polling triggers of a published workflow do: when they ask next, and what went wrong the last time. */
export async function pollsOf(scope: TenantScope, { id }: { id: string }) {
  const tenantId = scope.tenant.id
  return scope.inTenant(async (db) => {
    if ((await db.workflow.count({ where: { tenantId, id } })) === 0) throw noSuchWorkflow()
    const rows = await db.poll.findMany({ where: { tenantId, workflowId: id }, orderBy: { nodeKey: 'asc' } })
    return rows.map(({ nodeKey, everyMs, nextAt, failures, failure, cursor }) => ({
      nodeKey,
      everyMs,
      nextAt: nextAt.toISOString(),
      /** It has looked at least once and knows where it stands. */
      begun: cursor !== null,
      failures,
      failure: Failure.safeParse(failure).data ?? null,
    }))
  })
}

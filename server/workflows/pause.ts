import { forgetPaused } from '#server/runtime/paused-workflows.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from './read.ts'

/** From now on its runs wait in line; what is under way goes on. `null` lets them go. */
export async function setPaused(scope: TenantScope, { id, at }: { id: string; at: Date | null }) {
  const tenantId = scope.tenant.id
  const { count } = await scope.inTenant((db) =>
    db.workflow.updateMany({ where: { tenantId, id }, data: { pausedAt: at } }),
  )
  if (count === 0) throw noSuchWorkflow()
  forgetPaused({ tenantId, workflowId: id })
}

import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from './read.ts'
import { clearTriggers } from './register-triggers.ts'

/** Stops its triggers. Runs that were accepted go on; versions stay. */
export async function unpublish(scope: TenantScope, { id }: { id: string }) {
  const tenantId = scope.tenant.id
  await scope.inTenant(async (db) => {
    const changed = await db.workflow.updateMany({
      where: { tenantId, id },
      data: { publishedVersion: null, updatedAt: new Date() },
    })
    if (changed.count === 0) throw noSuchWorkflow()
    await clearTriggers(db, { tenantId, workflowId: id })
  })
  scope.hooksChanged()
}

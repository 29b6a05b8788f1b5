import { WorkflowDocument } from '#nodes/graph/document.ts'
import { newId } from '#server/db/id.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from './read.ts'

/** A new, unpublished workflow with the same draft. */
export async function duplicateWorkflow(scope: TenantScope, { id }: { id: string }) {
  const copyId = newId()
  await scope.inTenant(async (db) => {
    const original = await db.workflow.findUnique({
      where: { tenantId_id: { tenantId: scope.tenant.id, id } },
    })
    if (!original) throw noSuchWorkflow()
    await db.workflow.create({
      data: {
        tenantId: scope.tenant.id,
        id: copyId,
        name: `${original.name.slice(0, 110)} (copy)`,
        description: original.description,
        draft: WorkflowDocument.parse(original.draft),
        createdBy: scope.actor,
      },
    })
  })
  return { id: copyId }
}

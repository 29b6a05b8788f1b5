import { emptyDocument } from '#nodes/graph/document.ts'
import { newId } from '#server/db/id.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { documentFrom } from './document-input.ts'

/** A new workflow, empty unless a document is given; it may have problems, as any draft. */
export async function createWorkflow(
  scope: TenantScope,
  {
    name,
    description = '',
    document = emptyDocument,
  }: { name: string; description?: string; document?: unknown },
) {
  const draft = documentFrom(document)
  const id = newId()
  await scope.inTenant((db) =>
    db.workflow.create({
      data: { tenantId: scope.tenant.id, id, name, description, draft, createdBy: scope.actor },
    }),
  )
  return { id }
}

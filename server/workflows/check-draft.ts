import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { documentFrom } from './document-input.ts'
import { problemsOf } from './problems-of.ts'
import { noSuchWorkflow } from './read.ts'

/** What is wrong with the draft. Nothing is changed. */
export async function checkDraft(scope: TenantScope, { id }: { id: string }) {
  const tenantId = scope.tenant.id
  return scope.inTenant(async (db) => {
    const workflow = await db.workflow.findUnique({
      where: { tenantId_id: { tenantId, id } },
      select: { draft: true },
    })
    if (!workflow) throw noSuchWorkflow()
    return { problems: await problemsOf(db, { tenantId, document: WorkflowDocument.parse(workflow.draft) }) }
  })
}

/** What is wrong with a document that is stored nowhere. */
export async function checkDocument(scope: TenantScope, { document }: { document: unknown }) {
  const parsed = documentFrom(document)
  return scope.inTenant(async (db) => ({
    problems: await problemsOf(db, { tenantId: scope.tenant.id, document: parsed }),
  }))
}

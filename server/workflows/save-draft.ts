import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { documentFrom } from './document-input.ts'
import { noSuchWorkflow } from './read.ts'

/** Replaces the draft if nobody saved since `revision`; else `conflict`, which names the current revision. */
export async function saveDraft(
  scope: TenantScope,
  { id, document, revision }: { id: string; document: unknown; revision: number },
) {
  const draft = documentFrom(document)
  return scope.inTenant(async (db) => {
    const saved = await db.workflow.updateMany({
      where: { tenantId: scope.tenant.id, id, draftRevision: revision },
      data: { draft, draftRevision: { increment: 1 }, updatedAt: new Date() },
    })
    if (saved.count === 1) return { revision: revision + 1 }
    const current = await db.workflow.findUnique({
      where: { tenantId_id: { tenantId: scope.tenant.id, id } },
      select: { draftRevision: true },
    })
    if (!current) throw noSuchWorkflow()
    throw staleRevision(revision, current.draftRevision)
  })
}

export function staleRevision(given: number, current: number) {
  return new AppError(
    'conflict',
    `The draft is at revision ${current} and you have ${given}: someone else saved it meanwhile. Load it again.`,
    { revision: current },
  )
}

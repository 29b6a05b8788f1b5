import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { documentFrom } from './document-input.ts'
import { noSuchWorkflow } from './read.ts'

/**
 * Replaces the draft if nobody saved since `revision`; else `conflict`, which names the current revision. Without a
 * revision it replaces whatever is there.
 */
export async function saveDraft(
  scope: TenantScope,
  { id, document, revision }: { id: string; document: unknown; revision?: number },
): Promise<{ revision: number }> {
  const draft = documentFrom(document)
  const tenantId = scope.tenant.id
  return scope.inTenant(async (db) => {
    const [saved] = await db.workflow.updateManyAndReturn({
      where: { tenantId, id, ...(revision === undefined ? {} : { draftRevision: revision }) },
      data: { draft, draftRevision: { increment: 1 }, updatedAt: new Date() },
      select: { draftRevision: true },
    })
    if (saved) return { revision: saved.draftRevision }
    const current = await db.workflow.findUnique({
      where: { tenantId_id: { tenantId, id } },
      select: { draftRevision: true },
    })
    if (!current || revision === undefined) throw noSuchWorkflow()
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

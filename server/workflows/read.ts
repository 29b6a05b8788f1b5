import { z } from 'zod'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { eventPath } from './triggers-of.ts'

/** One body for an id that is unknown, of another tenant, or no id at all. */
export function noSuchWorkflow() {
  return new AppError('not_found', 'There is no such workflow')
}

export async function readWorkflow(scope: TenantScope, { id, baseUrl }: { id: string; baseUrl: string }) {
  const { row, changed } = await scope.inTenant(async (db) => {
    const row = await db.workflow.findUnique({ where: { tenantId_id: { tenantId: scope.tenant.id, id } } })
    if (!row) throw noSuchWorkflow()
    const [compared] = z.array(z.object({ changed: z.boolean() })).parse(
      await db.$queryRaw`
        select v.document is null or w.draft::jsonb <> v.document::jsonb as changed
        from workflow w left join workflow_version v
          on v.tenant_id = w.tenant_id and v.workflow_id = w.id and v.number = w.published_version
        where w.tenant_id = ${scope.tenant.id} and w.id = ${id}::uuid`,
    )
    return { row, changed: compared?.changed ?? true }
  })
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    draft: WorkflowDocument.parse(row.draft),
    draftRevision: row.draftRevision,
    publishedVersion: row.publishedVersion,
    /** Since when its runs wait in line. */
    pausedAt: row.pausedAt?.toISOString() ?? null,
    /** Where its webhooks answer once it is published: this and the trigger's path. */
    hookBase: `${baseUrl}/hooks/${scope.tenant.slug}/`,
    /** Where services send events for its triggers: this and the trigger's key. */
    eventBase: `${baseUrl}/hooks/${scope.tenant.slug}/${eventPath(row.id, '')}`,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    hasUnpublishedChanges: changed,
  }
}

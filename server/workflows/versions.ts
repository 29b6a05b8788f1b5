import { WorkflowDocument } from '#nodes/graph/document.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from './read.ts'

/** What was published and when, newest first. */
export async function listVersions(scope: TenantScope, { id }: { id: string }) {
  const where = { tenantId: scope.tenant.id, id }
  return scope.inTenant(async (db) => {
    const workflow = await db.workflow.findUnique({
      where: { tenantId_id: where },
      select: { publishedVersion: true },
    })
    if (!workflow) throw noSuchWorkflow()
    const versions = await db.workflowVersion.findMany({
      where: { tenantId: scope.tenant.id, workflowId: id },
      select: { number: true, createdAt: true, publishedBy: true },
      orderBy: { number: 'desc' },
      take: 200,
    })
    return versions.map(({ number, createdAt, publishedBy }) => ({
      number,
      publishedBy,
      createdAt: createdAt.toISOString(),
      isPublished: number === workflow.publishedVersion,
    }))
  })
}

export async function readVersion(scope: TenantScope, { id, number }: { id: string; number: number }) {
  const version = await scope.inTenant((db) =>
    db.workflowVersion.findUnique({
      where: {
        tenantId_workflowId_number: { tenantId: scope.tenant.id, workflowId: id, number },
      },
    }),
  )
  if (!version) throw new AppError('not_found', 'There is no such version')
  return {
    number,
    createdAt: version.createdAt.toISOString(),
    document: WorkflowDocument.parse(version.document),
  }
}

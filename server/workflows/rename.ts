import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from './read.ts'

export async function renameWorkflow(
  scope: TenantScope,
  { id, name, description }: { id: string; name?: string; description?: string },
) {
  const changed = await scope.inTenant((db) =>
    db.workflow.updateMany({
      where: { tenantId: scope.tenant.id, id },
      // Prisma leaves a field alone that is absent, and only then.
      data: {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        updatedAt: new Date(),
      },
    }),
  )
  if (changed.count === 0) throw noSuchWorkflow()
}

import { z } from 'zod'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { Values } from '#nodes/graph/library/parameter.ts'
import { Prisma } from '#server/db/generated/client.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from '#server/workflows/read.ts'

const Before = z.object({
  draft: WorkflowDocument,
  base: WorkflowDocument,
  version: z.number(),
  values: Values,
  revision: z.number(),
})

/**
 * Takes the last upgrade back: draft, version and values are as they were before it. What was edited since would be
 * lost, so that has to be said with `discard`.
 */
export async function revertUpgrade(
  scope: TenantScope,
  { workflowId, discard = false }: { workflowId: string; discard?: boolean },
) {
  const tenantId = scope.tenant.id
  return scope.inTenant(async (db) => {
    await db.$queryRaw`
      select id from workflow where tenant_id = ${tenantId} and id = ${workflowId}::uuid for update`
    const install = await db.install.findUnique({
      where: { tenantId_workflowId: { tenantId, workflowId } },
      include: { workflow: { select: { draftRevision: true } } },
    })
    if (!install) throw noSuchWorkflow()
    if (install.before === null) throw new AppError('conflict', 'There is no upgrade to take back')
    const { draft, base, version, values, revision } = Before.parse(install.before)
    if (install.workflow.draftRevision !== revision && !discard)
      throw new AppError(
        'conflict',
        'The draft was changed after the upgrade. Taking it back would lose that.',
        {
          edited: true,
        },
      )
    await db.workflow.updateMany({
      where: { tenantId, id: workflowId },
      data: { draft, draftRevision: { increment: 1 }, updatedAt: new Date() },
    })
    await db.install.updateMany({
      where: { tenantId, id: install.id },
      data: { base, version, values, before: Prisma.DbNull, updatedAt: new Date() },
    })
    return { version }
  })
}

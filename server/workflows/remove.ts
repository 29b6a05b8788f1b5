import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from './read.ts'

/** Deletes a workflow with its versions and finished runs. Unfinished runs are in the way: they must not vanish. */
export async function removeWorkflow(scope: TenantScope, { id }: { id: string }) {
  await scope.inTenant(async (db) => {
    const unfinished = await db.run.count({
      where: { tenantId: scope.tenant.id, workflowId: id, finishedAt: null },
    })
    if (unfinished > 0)
      throw new AppError(
        'conflict',
        `This workflow has ${unfinished} unfinished ${unfinished === 1 ? 'run' : 'runs'}. Wait for them or cancel them first.`,
        { unfinished },
      )
    const removed = await db.workflow.deleteMany({ where: { tenantId: scope.tenant.id, id } })
    if (removed.count === 0) throw noSuchWorkflow()
  })
  scope.hooksChanged()
}

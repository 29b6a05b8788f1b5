import { z } from 'zod'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { problemsOf } from './problems-of.ts'
import { noSuchWorkflow } from './read.ts'
import { registerTriggers } from './register-triggers.ts'
import { staleRevision } from './save-draft.ts'

const Row = z.object({
  draft: WorkflowDocument,
  draftRevision: z.number(),
  publishedVersion: z.number().nullable(),
})

/**
 * Makes the draft a new version and lets its triggers start it, all or nothing. Without `revision` the draft is
 * published as it is; with it, only if nobody saved since.
 */
export async function publish(scope: TenantScope, { id, revision }: { id: string; revision?: number }) {
  const published = await scope.inTenant(async (db) => {
    const row = await lockWorkflow(db, { tenantId: scope.tenant.id, id })
    if (revision !== undefined && revision !== row.draftRevision)
      throw staleRevision(revision, row.draftRevision)
    await holdConnections(db, { tenantId: scope.tenant.id, document: row.draft })
    const problems = await problemsOf(db, { tenantId: scope.tenant.id, document: row.draft })
    if (problems.some(({ severity }) => severity === 'error'))
      throw new AppError('invalid', 'The draft has problems that must be solved before it is published', {
        problems,
      })
    const number = await nextNumber(db, { tenantId: scope.tenant.id, id })
    await db.workflowVersion.create({
      data: {
        tenantId: scope.tenant.id,
        workflowId: id,
        number,
        document: row.draft,
        publishedBy: scope.actor,
      },
    })
    await registerTriggers(db, {
      tenantId: scope.tenant.id,
      workflowId: id,
      version: number,
      document: row.draft,
    })
    await db.workflow.updateMany({
      where: { tenantId: scope.tenant.id, id },
      data: { publishedVersion: number, updatedAt: new Date() },
    })
    return { version: number }
  })
  scope.hooksChanged()
  return published
}

/** The row, held until the transaction ends: two publishes of one workflow go one after the other. */
async function lockWorkflow(db: TenantDb, { tenantId, id }: { tenantId: string; id: string }) {
  const rows = await db.$queryRaw`
    select draft, draft_revision as "draftRevision", published_version as "publishedVersion"
    from workflow where tenant_id = ${tenantId} and id = ${id}::uuid for update`
  const [row] = z.array(Row).parse(rows)
  if (!row) throw noSuchWorkflow()
  return row
}

/** Its connections stay until the transaction ends: one that is removed now is missed by the check that follows. */
async function holdConnections(
  db: TenantDb,
  { tenantId, document }: { tenantId: string; document: WorkflowDocument },
) {
  const ids = document.nodes.flatMap(({ connection }) => connection ?? [])
  if (ids.length > 0)
    await db.$queryRaw`
      select id from connection where tenant_id = ${tenantId} and id::text = any(${ids}) order by id for share`
}

async function nextNumber(db: TenantDb, { tenantId, id }: { tenantId: string; id: string }) {
  const { _max } = await db.workflowVersion.aggregate({
    where: { tenantId, workflowId: id },
    _max: { number: true },
  })
  return (_max.number ?? 0) + 1
}

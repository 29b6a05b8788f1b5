import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { progressOf } from './job.ts'

const SHOWN = 50

const columns = {
  id: true,
  kind: true,
  status: true,
  total: true,
  done: true,
  refused: true,
  createdAt: true,
  finishedAt: true,
} as const

/** The newest jobs of the tenant. */
export async function listBulk(scope: TenantScope) {
  const rows = await scope.inTenant((db) =>
    db.bulkJob.findMany({
      where: { tenantId: scope.tenant.id },
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: SHOWN,
    }),
  )
  return rows.map(progressOf)
}

export async function readBulk(scope: TenantScope, { id }: { id: string }) {
  const row = await scope.inTenant((db) =>
    db.bulkJob.findUnique({ where: { tenantId_id: { tenantId: scope.tenant.id, id } }, select: columns }),
  )
  if (!row) throw noSuchJob()
  return progressOf(row)
}

/** Ends a job between two runs; what it did stays done. */
export async function cancelBulk(scope: TenantScope, { id }: { id: string }) {
  const { count } = await scope.inTenant((db) =>
    db.bulkJob.updateMany({
      where: { tenantId: scope.tenant.id, id, status: 'running' },
      data: { status: 'cancelled', finishedAt: new Date() },
    }),
  )
  if (count > 0) return
  const { status } = await readBulk(scope, { id })
  throw new AppError('conflict', 'This job has already ended', { status })
}

function noSuchJob() {
  return new AppError('not_found', 'There is no such job')
}

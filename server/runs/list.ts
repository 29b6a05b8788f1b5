import { readCursor, writeCursor } from '#server/db/cursor.ts'
import { decodeJson } from '#server/db/json.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { RunFailure, RunStatus, StartedBy } from './status.ts'

export interface RunFilter {
  workflowId?: string
  status?: RunStatus[]
  startedBy?: StartedBy[]
  cursor?: string
  limit?: number
}

const summary = {
  id: true,
  workflowId: true,
  version: true,
  status: true,
  startedBy: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  failure: true,
  workflow: { select: { name: true } },
} as const

/** Newest first. The cursor names the last row, so runs that start meanwhile neither repeat nor hide one. */
export async function listRuns(scope: TenantScope, { cursor, limit = 50, ...filter }: RunFilter) {
  const after = cursor ? readCursor(cursor) : null
  const found = await scope.inTenant((db) =>
    db.run.findMany({
      where: {
        tenantId: scope.tenant.id,
        ...(filter.workflowId ? { workflowId: filter.workflowId } : {}),
        ...(filter.status?.length ? { status: { in: filter.status } } : {}),
        ...(filter.startedBy?.length ? { startedBy: { in: filter.startedBy } } : {}),
        ...(after
          ? {
              // The first part lets the index find the place; the second breaks ties.
              createdAt: { lte: after.at },
              OR: [{ createdAt: { lt: after.at } }, { id: { lt: after.id } }],
            }
          : {}),
      },
      select: summary,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    }),
  )
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ workflow, failure, ...run }) => ({
      id: run.id,
      workflowId: run.workflowId,
      workflowName: workflow.name,
      version: run.version,
      status: RunStatus.parse(run.status),
      startedBy: StartedBy.parse(run.startedBy),
      createdAt: run.createdAt.toISOString(),
      startedAt: run.startedAt?.toISOString() ?? null,
      finishedAt: run.finishedAt?.toISOString() ?? null,
      failure: failureFrom(failure),
    })),
    next: found.length > limit && last ? writeCursor(last.createdAt, last.id) : null,
  }
}

export function failureFrom(stored: unknown): RunFailure | null {
  if (stored === null) return null
  const { code, message, step } = RunFailure.parse(decodeJson(stored))
  return { code, message, step: step ?? null }
}

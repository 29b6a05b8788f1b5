import { z } from 'zod'
import { readCursor, writeCursor } from '#server/db/cursor.ts'
import { Prisma } from '#server/db/generated/client.ts'
import { decodeJson } from '#server/db/json.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { conditionsOf, type RunFilter, searchesOf } from './filter.ts'
import { RunFailure, RunStatus, StartedBy } from './status.ts'

const Row = z.object({
  id: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  version: z.number().nullable(),
  status: RunStatus,
  startedBy: StartedBy,
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  failure: z.unknown(),
  failureKey: z.string().nullable(),
  costUsd: z.number(),
  attention: z.boolean(),
})

/** Newest first. The cursor names the last row, so runs that start meanwhile neither repeat nor hide one. */
export async function listRuns(
  scope: TenantScope,
  { cursor, limit = 50, search, ...filter }: RunFilter & { cursor?: string; limit?: number },
) {
  const tenantId = scope.tenant.id
  const after = cursor ? readCursor(cursor) : null
  const older = after
    ? Prisma.sql`(r.created_at, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.sql`true`
  const found = searchesOf(tenantId, search).map(
    (fits) => Prisma.sql`(
      select r.id, r.created_at from run r
      where ${conditionsOf(tenantId, filter)} and ${fits} and ${older}
      order by r.created_at desc, r.id desc limit ${limit + 1})`,
  )
  const rows = z.array(Row).parse(
    await scope.inTenant(
      (db) => db.$queryRaw`
        with found as (
          select * from (${Prisma.join(found, ' union ')}) f order by created_at desc, id desc limit ${limit + 1}
        )
        select r.id, r.workflow_id as "workflowId", w.name as "workflowName", r.version, r.status,
          r.started_by as "startedBy", r.created_at as "createdAt", r.started_at as "startedAt",
          r.finished_at as "finishedAt", r.failure, r.failure_key as "failureKey", r.cost_usd::float8 as "costUsd",
          r.status = 'waiting' and exists (select from task t where t.tenant_id = r.tenant_id and t.run_id = r.id
            and t.kind = 'attention' and t.status = 'open') as attention
        from found
        join run r on r.tenant_id = ${tenantId} and r.id = found.id
        join workflow w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
        order by r.created_at desc, r.id desc`,
    ),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ failure, createdAt, startedAt, finishedAt, ...run }) => ({
      ...run,
      createdAt: createdAt.toISOString(),
      startedAt: startedAt?.toISOString() ?? null,
      finishedAt: finishedAt?.toISOString() ?? null,
      failure: failureFrom(failure),
    })),
    next: rows.length > limit && last ? writeCursor(last.createdAt, last.id) : null,
  }
}

export function failureFrom(stored: unknown): RunFailure | null {
  if (stored === null) return null
  const { code, message, step } = RunFailure.parse(decodeJson(stored))
  return { code, message, step: step ?? null }
}

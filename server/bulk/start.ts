import { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import { newId } from '#server/db/id.ts'
import { encodeJson } from '#server/db/json.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import { conditionsOf, type RunFilter, searchesOf } from '#server/runs/filter.ts'
import type { Resolution } from '#server/runtime/resolution.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import type { BulkKind, RunBulkKind } from './job.ts'

/** How many runs one job goes through at most, and how many jobs of a tenant are under way at once. */
export const bulkLimits = { runs: 10_000, jobs: 10 } as const

/** Which runs: those of a list, or these. */
export type BulkRuns = { filter: RunFilter; ids?: never } | { ids: string[]; filter?: never }

/**
 * Begins the same thing for many runs. Which ones is settled now, by their ids: runs that come to fit the filter later
 * are not touched.
 */
export async function startBulk(scope: TenantScope, about: { kind: RunBulkKind } & BulkRuns) {
  const tenantId = scope.tenant.id
  const { kind } = about
  return scope.inTenant(async (db) => {
    const ids = await idsOf(db, { tenantId, ...about })
    if (ids.length === 0) throw new AppError('conflict', `No run fits that could be ${past[kind]}`)
    if (ids.length > bulkLimits.runs)
      throw new AppError('limit_reached', `At most ${bulkLimits.runs} runs at once: narrow the filter`)
    return insertJob({ db, scope }, { kind, ids })
  })
}

/** Keeps a job about these, for the workers to take. */
export async function insertJob(
  { db, scope }: { db: TenantDb; scope: TenantScope },
  { kind, ...filter }: { kind: BulkKind; ids: string[]; resolution?: Resolution },
) {
  const tenantId = scope.tenant.id
  const going = await db.bulkJob.count({ where: { tenantId, status: 'running' } })
  if (going >= bulkLimits.jobs)
    throw new AppError('limit_reached', `${going} jobs are under way already: wait for one to end`)
  const id = newId()
  const stored = JSON.parse(encodeJson(filter))
  await db.bulkJob.createMany({
    data: [{ tenantId, id, kind, filter: stored, total: filter.ids.length, createdBy: scope.actor }],
  })
  return { id, total: filter.ids.length }
}

const past = { retry: 'retried', cancel: 'cancelled' } as const satisfies Record<RunBulkKind, string>

/** What can be done to a run depends on whether it has ended. */
const fitting: Record<RunBulkKind, Prisma.Sql> = {
  retry: Prisma.sql`r.status in ('failed', 'cancelled')`,
  cancel: Prisma.sql`r.finished_at is null`,
}

async function idsOf(
  db: { $queryRaw(query: Prisma.Sql): Promise<unknown> },
  { tenantId, kind, filter = {}, ids }: { tenantId: string; kind: RunBulkKind } & BulkRuns,
): Promise<string[]> {
  const { search, ...rest } = filter
  const chosen = ids ? Prisma.sql`r.id = any(${ids}::uuid[])` : Prisma.sql`true`
  const found = searchesOf(tenantId, search).map(
    (fits) => Prisma.sql`(
      select r.id from run r
      where ${conditionsOf(tenantId, rest)} and ${fitting[kind]} and ${chosen} and ${fits}
      limit ${bulkLimits.runs + 1})`,
  )
  const rows = await db.$queryRaw(
    Prisma.sql`select id from (${Prisma.join(found, ' union ')}) f order by id limit ${bulkLimits.runs + 1}`,
  )
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id)
}

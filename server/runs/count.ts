import { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { conditionsOf, type RunFilter, searchesOf } from './filter.ts'

/** Counting goes no further: nobody reads a larger number digit by digit. */
export const mostCounted = 10_000

/** How many runs fit; `more` when there are more than were counted. */
export async function countRuns(
  scope: TenantScope,
  { search, ...filter }: RunFilter,
): Promise<{ total: number; more: boolean }> {
  const tenantId = scope.tenant.id
  const found = searchesOf(tenantId, search).map(
    (fits) => Prisma.sql`(
      select r.id from run r where ${conditionsOf(tenantId, filter)} and ${fits} limit ${mostCounted + 1})`,
  )
  const rows = await scope.inTenant(
    (db) => db.$queryRaw`
      select count(*)::int as total
      from (select from (${Prisma.join(found, ' union ')}) f limit ${mostCounted + 1}) counted`,
  )
  const total = z.array(z.object({ total: z.number() })).parse(rows)[0]?.total ?? 0
  return { total: Math.min(total, mostCounted), more: total > mostCounted }
}

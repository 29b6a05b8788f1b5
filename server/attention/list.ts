import { z } from 'zod'
import { readCursor, writeCursor } from '#server/db/cursor.ts'
import { Prisma } from '#server/db/generated/client.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { type AttentionFilter, conditionsOf } from './filter.ts'
import { columns, joins, SummaryRow, summaryOf } from './summary.ts'

/** How many groups are shown. */
const MOST_GROUPS = 100

/** Newest first. */
export async function listAttention(
  scope: TenantScope,
  { cursor, limit = 50, ...filter }: AttentionFilter & { cursor?: string; limit?: number },
) {
  const after = cursor ? readCursor(cursor) : null
  const older = after
    ? Prisma.sql`(t.created_at, t.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.sql`true`
  const rows = z.array(SummaryRow).parse(
    await scope.inTenant(
      (db) => db.$queryRaw`
        select ${columns} from task t ${joins}
        where ${conditionsOf(scope.tenant.id, filter)} and ${older}
        order by t.created_at desc, t.id desc limit ${limit + 1}`,
    ),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(summaryOf),
    next: rows.length > limit && last ? writeCursor(last.createdAt, last.id) : null,
  }
}

const GroupRow = SummaryRow.extend({ count: z.number(), firstAt: z.date(), lastAt: z.date() })

/** The same by their cause, the one that showed itself last first; each with one of its steps as an example. */
export async function groupAttention(scope: TenantScope, filter: AttentionFilter) {
  const rows = z.array(GroupRow).parse(
    await scope.inTenant(
      (db) => db.$queryRaw`
        with grouped as (
          select t.cause, count(*)::int as count, min(t.created_at) as first_at, max(t.created_at) as last_at,
            (array_agg(t.id order by t.created_at desc))[1] as sample
          from task t where ${conditionsOf(scope.tenant.id, filter)}
          group by t.cause order by last_at desc limit ${MOST_GROUPS}
        )
        select ${columns}, g.count, g.first_at as "firstAt", g.last_at as "lastAt"
        from grouped g join task t on t.tenant_id = ${scope.tenant.id} and t.id = g.sample ${joins}
        order by g.last_at desc`,
    ),
  )
  return rows.map(({ count, firstAt, lastAt, ...row }) => ({
    ...summaryOf(row),
    count,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }))
}

export async function countAttention(scope: TenantScope, filter: AttentionFilter): Promise<{ open: number }> {
  const [row] = z.array(z.object({ open: z.number() })).parse(
    await scope.inTenant(
      (db) => db.$queryRaw`
        select count(*)::int as open from task t where ${conditionsOf(scope.tenant.id, filter)}`,
    ),
  )
  return { open: row?.open ?? 0 }
}

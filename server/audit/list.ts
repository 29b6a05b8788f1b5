import { z } from 'zod'
import { readCursor, writeCursor } from '#server/db/cursor.ts'
import { Prisma } from '#server/db/generated/client.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

export interface AuditFilter {
  /** Part of who, what or which. */
  search?: string
  /** The action, or the beginning of it up to a dot: `workflow` or `workflow.publish`. */
  action?: string
  /** Id of the actor. */
  actor?: string
  from?: string
  to?: string
  cursor?: string
  limit?: number
}

const Row = z.object({
  id: z.string(),
  at: z.date(),
  actorKind: z.enum(['user', 'api_key', 'admin', 'system']),
  actorId: z.string().nullable(),
  actorName: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string().nullable(),
  subjectName: z.string(),
  detail: z.record(z.string(), z.json()),
  ip: z.string().nullable(),
  tenantId: z.string(),
})

/** Who changed what in the tenant, newest first. */
export async function listAudit(scope: TenantScope, filter: AuditFilter) {
  const { items, next } = await scope.inTenant((db) =>
    readAudit(db, { ...filter, whose: Prisma.sql`tenant_id = ${scope.tenant.id}` }),
  )
  return { items: items.map(({ tenantId: _, ...item }) => item), next }
}

/** The entries that fit, of whichever tenants the caller says and may see. */
export async function readAudit(
  db: { $queryRaw(query: Prisma.Sql): Promise<unknown> },
  { whose, search, action, actor, from, to, cursor, limit = 50 }: AuditFilter & { whose: Prisma.Sql },
) {
  const after = cursor ? readCursor(cursor) : null
  const like = search?.trim() ? `%${escapeLike(search.trim())}%` : null
  const conditions = [
    whose,
    ...(like
      ? [
          Prisma.sql`(actor_name ilike ${like} or action ilike ${like} or subject_name ilike ${like}
            or subject_id ilike ${like} or detail::text ilike ${like})`,
        ]
      : []),
    ...(action ? [Prisma.sql`(action = ${action} or action like ${`${escapeLike(action)}.%`})`] : []),
    ...(actor ? [Prisma.sql`actor_id = ${actor}`] : []),
    ...(from ? [Prisma.sql`at >= ${from}::timestamptz`] : []),
    ...(to ? [Prisma.sql`at < ${to}::timestamptz`] : []),
    ...(after ? [Prisma.sql`(at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ]
  const rows = await db.$queryRaw(Prisma.sql`
    select id, at, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", action,
      subject_kind as "subjectKind", subject_id as "subjectId", subject_name as "subjectName", detail, ip,
      tenant_id as "tenantId"
    from audit_entry where ${Prisma.join(conditions, ' and ')}
    order by at desc, id desc limit ${limit + 1}`)
  const found = z.array(Row).parse(rows)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(shown),
    next: found.length > limit && last ? writeCursor(last.at, last.id) : null,
  }
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

function shown(row: z.infer<typeof Row>) {
  const { id, at, actorKind, actorId, actorName, action, subjectKind, subjectId, subjectName } = row
  return {
    id,
    at: at.toISOString(),
    actor: { kind: actorKind, id: actorId, name: actorName },
    action,
    subject: { kind: subjectKind, id: subjectId, name: subjectName },
    detail: row.detail,
    ip: row.ip,
    tenantId: row.tenantId,
  }
}

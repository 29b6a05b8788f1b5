import { z } from 'zod'
import { readCursor, writeCursor } from '#server/db/cursor.ts'
import { Prisma } from '#server/db/generated/client.ts'
import type { Role } from '#server/tenants/policy.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { rolesUpTo, TaskRow, type TaskStatus, taskKinds, taskSummary } from './task.ts'

interface Filter {
  status?: TaskStatus
  /** Only what the member's role may answer. */
  mine?: boolean
}

/** Newest first. */
export async function listTasks(
  scope: TenantScope,
  { role, cursor, limit = 50, ...filter }: Filter & { role: Role; cursor?: string; limit?: number },
) {
  const after = cursor ? readCursor(cursor) : null
  const older = after
    ? Prisma.sql`(t.created_at, t.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.sql`true`
  const rows = z.array(TaskRow).parse(
    await scope.inTenant(
      (db) => db.$queryRaw`
        select t.id, t.kind, t.title, t.status, t.role, t.run_id as "runId", t.step, r.workflow_id as "workflowId",
          w.name as "workflowName", t.created_at as "createdAt", t.deadline_at as "deadlineAt",
          t.answered_by as "answeredBy", t.answered_at as "answeredAt"
        from task t
        join run r on r.tenant_id = t.tenant_id and r.id = t.run_id
        join workflow w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
        where t.tenant_id = ${scope.tenant.id} and ${conditionsOf(filter, role)} and ${older}
        order by t.created_at desc, t.id desc limit ${limit + 1}`,
    ),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => taskSummary(row, role)),
    next: rows.length > limit && last ? writeCursor(last.createdAt, last.id) : null,
  }
}

/** How many open tasks a member of that role may answer. */
export async function countTasks(scope: TenantScope, { role }: { role: Role }): Promise<{ open: number }> {
  const open = conditionsOf({ status: 'open', mine: true }, role)
  const [row] = z.array(z.object({ open: z.number() })).parse(
    await scope.inTenant(
      (db) => db.$queryRaw`
        select count(*)::int as open from task t where t.tenant_id = ${scope.tenant.id} and ${open}`,
    ),
  )
  return { open: row?.open ?? 0 }
}

function conditionsOf({ status, mine }: Filter, role: Role): Prisma.Sql {
  const conditions = [Prisma.sql`t.kind in (${Prisma.join([...taskKinds])})`]
  if (status) conditions.push(Prisma.sql`t.status = ${status}`)
  if (mine) conditions.push(Prisma.sql`(t.role is null or t.role in (${Prisma.join(rolesUpTo(role))}))`)
  return Prisma.join(conditions, ' and ')
}

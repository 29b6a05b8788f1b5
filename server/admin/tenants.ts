import { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { AdminClient } from '#server/db/open.ts'
import { prose } from '#server/db/plain-text.ts'
import { AppError } from '#server/errors.ts'
import { overLimits } from '#server/runtime/limits.ts'

const PAGE = 50

const Row = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  createdAt: z.date(),
  weight: z.number().nullable(),
  concurrentRuns: z.number().nullable(),
  runsPerMinute: z.number().nullable(),
  queuedRuns: z.number().nullable(),
  dailyRuns: z.number().nullable(),
  overLimit: z.enum(overLimits).nullable(),
  storageMb: z.number().nullable(),
  monthlyCostUsd: z.number().nullable(),
  pausedAt: z.date().nullable(),
  suspendedAt: z.date().nullable(),
  suspendedWhy: z.string().nullable(),
  queued: z.number(),
  running: z.number(),
  runs: z.number(),
  failed: z.number(),
  costUsd: z.number(),
})

/** The tenants by name, with their own limits (null: the default), what they do now and what the last 30 days were. */
export async function listTenants(
  admin: AdminClient,
  { search, cursor, limit = PAGE }: { search?: string; cursor?: string; limit?: number },
) {
  const like = search?.trim() ? `%${search.trim().replace(/[\\%_]/g, '\\$&')}%` : null
  const after = cursor ? readAfter(cursor) : null
  const rows = await admin.$queryRaw`
    with page as (
      select t.id, t.name, t.slug, t.created_at from tenant t
      where t.id <> ${builtIn}
        and (${like}::text is null or t.name ilike ${like} or t.slug ilike ${like})
        and (${after?.name ?? null}::text is null or (t.name, t.id) > (${after?.name ?? null}, ${after?.id ?? null}))
      order by t.name, t.id limit ${limit + 1}
    )
    select p.id, p.name, p.slug, p.created_at as "createdAt", l.weight, l.concurrent_runs as "concurrentRuns",
      l.runs_per_minute as "runsPerMinute", l.queued_runs as "queuedRuns", l.daily_runs as "dailyRuns",
      l.over_limit as "overLimit", l.storage_mb as "storageMb",
      l.monthly_cost_usd::float8 as "monthlyCostUsd", l.paused_at as "pausedAt", l.suspended_at as "suspendedAt",
      l.suspended_why as "suspendedWhy", n.queued, n.running, u.runs, u.failed, u."costUsd"
    from page p
    left join tenant_limit l on l.tenant_id = p.id
    cross join lateral (
      select count(*) filter (where r.status = 'queued')::int as queued,
        count(*) filter (where r.status = 'running')::int as running
      from run r where r.tenant_id = p.id and r.finished_at is null and r.status in ('queued', 'running')
    ) n
    cross join lateral (
      select coalesce(sum(d.runs), 0)::int as runs, coalesce(sum(d.failed), 0)::int as failed,
        coalesce(sum(d.cost_usd), 0)::float8 as "costUsd"
      from usage_day d where d.tenant_id = p.id and d.day > current_date - 30
    ) u
    order by p.name, p.id`
  const found = z.array(Row).parse(rows)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({
      id: row.id,
      name: row.name,
      slug: row.slug,
      createdAt: row.createdAt.toISOString(),
      limits: {
        weight: row.weight ?? 1,
        concurrentRuns: row.concurrentRuns,
        runsPerMinute: row.runsPerMinute,
        queuedRuns: row.queuedRuns,
        dailyRuns: row.dailyRuns,
        overLimit: row.overLimit,
        storageMb: row.storageMb,
        monthlyCostUsd: row.monthlyCostUsd,
      },
      pausedAt: row.pausedAt?.toISOString() ?? null,
      suspended: row.suspendedAt && { at: row.suspendedAt.toISOString(), why: row.suspendedWhy ?? '' },
      queued: row.queued,
      running: row.running,
      runs: row.runs,
      failed: row.failed,
      costUsd: row.costUsd,
    })),
    next: found.length > limit && last ? writeAfter(last) : null,
  }
}

/** Publishes what ships with the product; nobody is a member of it, and the installation’s own changes are logged in it. */
export const builtIn = 'trama'

/** `not_found` unless there is this tenant. */
export async function requireTenant(admin: AdminClient, id: string): Promise<{ id: string; name: string }> {
  const rows = await admin.$queryRaw(
    Prisma.sql`select id, name from tenant where id = ${id} and id <> ${builtIn}`,
  )
  const [row] = z.array(z.object({ id: z.string(), name: z.string() })).parse(rows)
  if (!row) throw new AppError('not_found', 'There is no such tenant')
  return row
}

const Position = z.tuple([prose(1_000), prose(100)])

function writeAfter({ name, id }: { name: string; id: string }) {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url')
}

function readAfter(cursor: string): { name: string; id: string } {
  try {
    const [name, id] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { name, id }
  } catch {
    throw new AppError('invalid', 'The cursor is not one that this list gave', {
      issues: [{ path: 'cursor', message: 'Not a cursor of this list' }],
    })
  }
}

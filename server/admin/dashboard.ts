import { z } from 'zod'
import { type Days, dashboardOf } from '#server/dashboard/read.ts'
import { Prisma } from '#server/db/generated/client.ts'
import type { AdminClient } from '#server/db/open.ts'

const SHOWN = 50

const TenantRow = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  queued: z.number(),
  running: z.number(),
  runs: z.number(),
  failed: z.number(),
  costUsd: z.number(),
})

/** How the runs of the whole installation went, and who they are of. */
export async function readInstallation(admin: AdminClient, { days }: { days: Days }) {
  const [all, tenants] = await Promise.all([
    dashboardOf(admin, { whose: Prisma.sql`true`, days }),
    admin.$queryRaw`
      with ended as (
        select r.tenant_id, count(*)::int as runs, count(*) filter (where r.status = 'failed')::int as failed,
          coalesce(sum(r.cost_usd), 0)::float8 as cost
        from run r where r.finished_at >= now() - make_interval(days => ${days}::int) group by r.tenant_id
      ), going as (
        select r.tenant_id, count(*) filter (where r.status = 'queued')::int as queued,
          count(*) filter (where r.status = 'running')::int as running
        from run r where r.finished_at is null group by r.tenant_id
      )
      select t.id, t.name, t.slug, coalesce(g.queued, 0) as queued, coalesce(g.running, 0) as running,
        coalesce(e.runs, 0) as runs, coalesce(e.failed, 0) as failed, coalesce(e.cost, 0) as "costUsd"
      from tenant t left join ended e on e.tenant_id = t.id left join going g on g.tenant_id = t.id
      where e.tenant_id is not null or g.tenant_id is not null
      order by coalesce(e.runs, 0) + coalesce(g.queued, 0) desc, t.name limit ${SHOWN}`,
  ])
  return { ...all, tenants: z.array(TenantRow).parse(tenants) }
}

import { z } from 'zod'
import type { AdminClient } from '#server/db/open.ts'

/** A process that has said nothing for so long is gone. */
const GONE_MS = 30_000
const SHOWN = 100

/** The processes of the installation, and whether they are still there. */
export async function listProcesses(admin: AdminClient) {
  const rows = await admin.process.findMany({ orderBy: [{ role: 'asc' }, { startedAt: 'asc' }] })
  const now = Date.now()
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
    alive: now - row.seenAt.getTime() < GONE_MS,
  }))
}

const Depth = z.object({
  tenant: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  queued: z.number(),
  running: z.number(),
  waiting: z.number(),
  oldestQueuedMs: z.number().nullable(),
  paused: z.boolean(),
  suspended: z.boolean(),
})

/** Whether all is paused, and who waits: the longest lines first. */
export async function readQueue(admin: AdminClient) {
  const { pausedAt } = await admin.installation.findUniqueOrThrow({ where: { id: 1 } })
  const rows = await admin.$queryRaw`
    with depth as (
      select r.tenant_id,
        count(*) filter (where r.status = 'queued')::int as queued,
        count(*) filter (where r.status = 'running')::int as running,
        count(*) filter (where r.status = 'waiting')::int as waiting,
        extract(epoch from now() - min(r.created_at) filter (where r.status = 'queued'))::float8 * 1000 as oldest
      from run r where r.finished_at is null group by r.tenant_id
    )
    select json_build_object('id', t.id, 'name', t.name, 'slug', t.slug) as tenant,
      coalesce(d.queued, 0) as queued, coalesce(d.running, 0) as running, coalesce(d.waiting, 0) as waiting,
      d.oldest as "oldestQueuedMs", l.paused_at is not null as paused, l.suspended_at is not null as suspended
    from tenant t
    left join depth d on d.tenant_id = t.id
    left join tenant_limit l on l.tenant_id = t.id
    where d.tenant_id is not null or l.paused_at is not null or l.suspended_at is not null
    order by d.queued desc nulls last, t.name limit ${SHOWN}`
  return {
    paused: pausedAt !== null,
    pausedAt: pausedAt?.toISOString() ?? null,
    depthByTenant: z.array(Depth).parse(rows),
  }
}

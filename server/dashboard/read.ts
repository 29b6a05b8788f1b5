import { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

export const Days = z.union([z.literal(1), z.literal(7), z.literal(30)])
export type Days = z.infer<typeof Days>

/** How long a bucket of the chart is: about thirty of them fill it. */
const bucketHours = { 1: 1, 7: 6, 30: 24 } as const satisfies Record<Days, number>

const SHOWN = 5
/** Runs whose times are looked at: sorting all of them tells no more. */
const MEASURED = 20_000

const counted = {
  runs: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  costUsd: z.number(),
}
/** One row for all, one for each bucket in which something ended, one for each workflow that is shown. */
const Row = z.object({
  at: z.date().nullable(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  ...counted,
})
const Queue = z.object({
  queued: z.number(),
  running: z.number(),
  waiting: z.number(),
  oldestQueuedMs: z.number().nullable(),
})
const Times = z.object({
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
  waited50: z.number().nullable(),
  waited95: z.number().nullable(),
})

interface Asking {
  $queryRaw(query: Prisma.Sql): Promise<unknown>
}

/** How a tenant's runs went lately, and how they go now. */
export function readDashboard(scope: TenantScope, { days }: { days: Days }) {
  return scope.inTenant((db) =>
    dashboardOf(db, { whose: Prisma.sql`r.tenant_id = ${scope.tenant.id}`, days }),
  )
}

/** The same over whichever tenants the caller says and may see. */
export async function dashboardOf(db: Asking, { whose, days }: { whose: Prisma.Sql; days: Days }) {
  const { since, buckets } = period(days)
  const ended = Prisma.sql`${whose} and r.finished_at >= ${since}::timestamptz`
  const rows = await many(db, Row, countsOf(ended, { since, hours: bucketHours[days] }))
  const queue = await one(db, Queue, queueOf(whose))
  const { medianMs, p95Ms, waited50, waited95 } = await one(db, Times, timesOf(ended))
  const all = rows.find(({ at, id }) => at === null && id === null)
  const byTime = new Map(rows.map((row) => [row.at?.getTime(), row]))
  return {
    totals: { ...countsIn(all), runs: all?.runs ?? 0, medianMs, p95Ms },
    byBucket: buckets.map((at) => ({ at: at.toISOString(), ...countsIn(byTime.get(at.getTime())) })),
    queue,
    waitMs: { p50: waited50, p95: waited95 },
    failing: ranked(rows, ({ failed }) => failed).map(({ workflow, failed, runs }) => ({
      workflow,
      failed,
      runs,
    })),
    costs: ranked(rows, ({ costUsd }) => costUsd).map(({ workflow, costUsd }) => ({ workflow, costUsd })),
  }
}

const countsIn = (row: z.infer<typeof Row> | undefined) => ({
  succeeded: row?.succeeded ?? 0,
  failed: row?.failed ?? 0,
  cancelled: row?.cancelled ?? 0,
  costUsd: row?.costUsd ?? 0,
})

function ranked(rows: readonly z.infer<typeof Row>[], by: (row: z.infer<typeof Row>) => number) {
  return rows
    .flatMap((row) =>
      row.id !== null && by(row) > 0 ? [{ ...row, workflow: { id: row.id, name: row.name ?? '' } }] : [],
    )
    .sort((one, other) => by(other) - by(one))
    .slice(0, SHOWN)
}

/** Whole buckets, the one that is under way last. */
function period(days: Days): { since: string; buckets: Date[] } {
  const bucketMs = bucketHours[days] * 3_600_000
  const last = Math.floor(Date.now() / bucketMs) * bucketMs
  const count = (days * 86_400_000) / bucketMs
  const buckets = Array.from({ length: count }, (_, at) => new Date(last - (count - 1 - at) * bucketMs))
  return { since: new Date(last - (count - 1) * bucketMs).toISOString(), buckets }
}

/** Everything that is counted, in one pass over the runs that ended. */
const countsOf = (ended: Prisma.Sql, { since, hours }: { since: string; hours: number }) => Prisma.sql`
  with grouped as materialized (
    select at, tenant_id, workflow_id, grouping(workflow_id) = 0 as "ofWorkflow", count(*)::int as runs,
      count(*) filter (where status = 'succeeded')::int as succeeded,
      count(*) filter (where status = 'failed')::int as failed,
      count(*) filter (where status = 'cancelled')::int as cancelled,
      coalesce(sum(cost_usd), 0)::float8 as "costUsd"
    from (
      select r.tenant_id, r.workflow_id, r.status, r.cost_usd,
        date_bin(make_interval(hours => ${hours}::int), r.finished_at, ${since}::timestamptz) as at
      from run r where ${ended}
    ) e group by grouping sets ((), (at), (tenant_id, workflow_id))
  ), shown as (
    (select * from grouped where not "ofWorkflow")
    union all
    (select * from grouped where "ofWorkflow" and failed > 0 order by failed desc limit ${SHOWN})
    union
    (select * from grouped where "ofWorkflow" and "costUsd" > 0 order by "costUsd" desc limit ${SHOWN})
  )
  select s.at, w.id, w.name, s.runs, s.succeeded, s.failed, s.cancelled, s."costUsd"
  from shown s left join workflow w on w.tenant_id = s.tenant_id and w.id = s.workflow_id
  where not s."ofWorkflow" or w.id is not null`

const queueOf = (whose: Prisma.Sql) => Prisma.sql`
  select count(*) filter (where r.status = 'queued')::int as queued,
    count(*) filter (where r.status = 'running')::int as running,
    count(*) filter (where r.status = 'waiting')::int as waiting,
    extract(epoch from now() - min(r.created_at) filter (where r.status = 'queued'))::float8 * 1000 as "oldestQueuedMs"
  from run r where ${whose} and r.finished_at is null`

/** How long runs took, and waited before a worker took them: of the latest, which are enough to say. */
const timesOf = (ended: Prisma.Sql) => Prisma.sql`
  select percentile_disc(0.5) within group (order by took)::float8 as "medianMs",
    percentile_disc(0.95) within group (order by took)::float8 as "p95Ms",
    percentile_disc(0.5) within group (order by waited)::float8 as waited50,
    percentile_disc(0.95) within group (order by waited)::float8 as waited95
  from (
    select round(extract(epoch from r.finished_at - coalesce(r.started_at, r.created_at)) * 1000) as took,
      round(extract(epoch from r.started_at - r.created_at) * 1000) as waited
    from run r where ${ended} order by r.finished_at desc limit ${MEASURED}
  ) latest`

async function many<Schema extends z.ZodType>(db: Asking, schema: Schema, query: Prisma.Sql) {
  return z.array(schema).parse(await db.$queryRaw(query))
}

async function one<Schema extends z.ZodType>(db: Asking, schema: Schema, query: Prisma.Sql) {
  const [row] = await many(db, schema, query)
  if (row === undefined) throw new Error('A count gave no row')
  return row
}

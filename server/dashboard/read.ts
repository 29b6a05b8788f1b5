import { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

export const Days = z.union([z.literal(1), z.literal(7), z.literal(30)])
export type Days = z.infer<typeof Days>

/** How long a bucket of the chart is: about thirty of them fill it. */
const bucketHours = { 1: 1, 7: 6, 30: 24 } as const satisfies Record<Days, number>

const SHOWN = 5

const Totals = z.object({
  runs: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  costUsd: z.number(),
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
})
const Bucket = z.object({
  at: z.date(),
  succeeded: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  costUsd: z.number(),
})
const Queue = z.object({
  queued: z.number(),
  running: z.number(),
  waiting: z.number(),
  oldestQueuedMs: z.number().nullable(),
})
const Wait = z.object({ p50: z.number().nullable(), p95: z.number().nullable() })
const Workflow = z.object({
  id: z.string(),
  name: z.string(),
  runs: z.number(),
  failed: z.number(),
  costUsd: z.number(),
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
  const { since, from, until } = period(days)
  const ended = Prisma.sql`${whose} and r.finished_at >= ${from}::timestamptz`
  const totals = await one(db, Totals, totalsOf(ended))
  const buckets = await many(db, Bucket, bucketsOf(ended, { since, until, days }))
  const queue = await one(db, Queue, queueOf(whose))
  const wait = await one(db, Wait, waitOf(Prisma.sql`${whose} and r.created_at >= ${from}::timestamptz`))
  const workflows = await many(db, Workflow, workflowsOf(ended))
  const named = ({ id, name }: z.infer<typeof Workflow>) => ({ id, name })
  return {
    totals,
    byBucket: buckets.map(({ at, ...bucket }) => ({ at: at.toISOString(), ...bucket })),
    queue,
    waitMs: wait,
    failing: workflows
      .filter(({ failed }) => failed > 0)
      .sort((one, other) => other.failed - one.failed)
      .slice(0, SHOWN)
      .map((one) => ({ workflow: named(one), failed: one.failed, runs: one.runs })),
    costs: workflows
      .filter(({ costUsd }) => costUsd > 0)
      .sort((one, other) => other.costUsd - one.costUsd)
      .slice(0, SHOWN)
      .map((one) => ({ workflow: named(one), costUsd: one.costUsd })),
  }
}

/** Whole buckets, the one that is under way last. */
function period(days: Days) {
  const bucketMs = bucketHours[days] * 3_600_000
  const last = Math.floor(Date.now() / bucketMs) * bucketMs
  const since = new Date(last - days * 86_400_000 + bucketMs)
  return { since, from: since.toISOString(), until: new Date(last) }
}

const counts = Prisma.sql`
  count(*) filter (where r.status = 'succeeded')::int as succeeded,
  count(*) filter (where r.status = 'failed')::int as failed,
  count(*) filter (where r.status = 'cancelled')::int as cancelled,
  coalesce(sum(r.cost_usd), 0)::float8 as "costUsd"`

const totalsOf = (ended: Prisma.Sql) => Prisma.sql`
  select count(*)::int as runs, ${counts},
    percentile_disc(0.5) within group (order by ${tookMs})::float8 as "medianMs",
    percentile_disc(0.95) within group (order by ${tookMs})::float8 as "p95Ms"
  from run r where ${ended}`

const tookMs = Prisma.sql`round(extract(epoch from r.finished_at - coalesce(r.started_at, r.created_at)) * 1000)`

/** One row for each bucket, also where nothing happened. */
const bucketsOf = (ended: Prisma.Sql, { since, until, days }: { since: Date; until: Date; days: Days }) => {
  const step = Prisma.sql`make_interval(hours => ${bucketHours[days]}::int)`
  return Prisma.sql`
    select b.at, coalesce(f.succeeded, 0) as succeeded, coalesce(f.failed, 0) as failed,
      coalesce(f.cancelled, 0) as cancelled, coalesce(f."costUsd", 0) as "costUsd"
    from generate_series(${since.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz, ${step}) b(at)
    left join (
      select date_bin(${step}, r.finished_at, ${since.toISOString()}::timestamptz) as at, ${counts}
      from run r where ${ended} group by 1
    ) f on f.at = b.at
    order by b.at`
}

const queueOf = (whose: Prisma.Sql) => Prisma.sql`
  select count(*) filter (where r.status = 'queued')::int as queued,
    count(*) filter (where r.status = 'running')::int as running,
    count(*) filter (where r.status = 'waiting')::int as waiting,
    extract(epoch from now() - min(r.created_at) filter (where r.status = 'queued'))::float8 * 1000 as "oldestQueuedMs"
  from run r where ${whose} and r.finished_at is null`

/** How long runs were in line before a worker took them. */
const waitOf = (created: Prisma.Sql) => Prisma.sql`
  select percentile_disc(0.5) within group (order by ${waitedMs})::float8 as p50,
    percentile_disc(0.95) within group (order by ${waitedMs})::float8 as p95
  from run r where ${created} and r.started_at is not null`

const waitedMs = Prisma.sql`round(extract(epoch from r.started_at - r.created_at) * 1000)`

/** Those that failed most and those that cost most. */
const workflowsOf = (ended: Prisma.Sql) => Prisma.sql`
  with grouped as (
    select r.tenant_id, r.workflow_id, count(*)::int as runs, ${counts} from run r where ${ended} group by 1, 2
  ), chosen as (
    (select * from grouped where failed > 0 order by failed desc limit ${SHOWN})
    union
    (select * from grouped where "costUsd" > 0 order by "costUsd" desc limit ${SHOWN})
  )
  select w.id, w.name, c.runs, c.failed, c."costUsd"
  from chosen c join workflow w on w.tenant_id = c.tenant_id and w.id = c.workflow_id`

async function many<Schema extends z.ZodType>(db: Asking, schema: Schema, query: Prisma.Sql) {
  return z.array(schema).parse(await db.$queryRaw(query))
}

async function one<Schema extends z.ZodType>(db: Asking, schema: Schema, query: Prisma.Sql) {
  const [row] = await many(db, schema, query)
  if (row === undefined) throw new Error('A count gave no row')
  return row
}

import { beforeAll, expect, test } from 'vitest'
import { readInstallation } from '#server/admin/dashboard.ts'
import { scopeFor } from '#server/api/context.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, aWorkflow } from '#server/test/factories.ts'
import { readDashboard } from './read.ts'

const databases = await testDatabases()

type Mine = Awaited<ReturnType<typeof aTenantWithRuns>>

/** Eight runs that succeeded, two that failed, one in line; and one of long ago. */
async function aTenantWithRuns() {
  const { tenant, user } = await aTenant()
  const tenantId = tenant.id
  const [good, bad] = [
    await aWorkflow({ tenantId, name: 'Good' }),
    await aWorkflow({ tenantId, name: 'Bad' }),
  ]
  const insert = (
    workflowId: string,
    about: { status: string; count: number; ago?: string; cost?: number },
  ) =>
    databases.owner.query(
      `INSERT INTO run (tenant_id, id, workflow_id, version, status, started_by, trigger_key, input, last_seq, cost_usd,
         created_at, started_at, finished_at)
       SELECT $1, gen_random_uuid(), $2, 1, $3, 'webhook', 'start', '{}', 1, $6, at, at + interval '100 ms',
         CASE WHEN $3 <> 'queued' THEN at + interval '600 ms' END
       FROM (SELECT now() - $5::interval AS at FROM generate_series(1, $4::int)) n`,
      [tenantId, workflowId, about.status, about.count, about.ago ?? '5 minutes', about.cost ?? 0],
    )
  await insert(good.id, { status: 'succeeded', count: 8, cost: 0.25 })
  await insert(bad.id, { status: 'failed', count: 2 })
  await insert(good.id, { status: 'queued', count: 1 })
  await insert(good.id, { status: 'failed', count: 1, ago: '40 days' })
  return {
    tenant,
    good,
    bad,
    scope: scopeFor({ databases }, { tenant, actor: user.id }),
  }
}

let mine: Mine
let theirs: Mine
beforeAll(async () => {
  mine = await aTenantWithRuns()
  theirs = await aTenantWithRuns()
})

test.each([
  [1, 24],
  [7, 28],
  [30, 30],
] as const)('%i days of a tenant, and of no other', async (days, buckets) => {
  const found = await readDashboard(mine.scope, { days })
  expect(found.totals).toEqual({
    runs: 10,
    succeeded: 8,
    failed: 2,
    cancelled: 0,
    costUsd: 2,
    medianMs: 500,
    p95Ms: 500,
  })
  expect(found.byBucket).toHaveLength(buckets)
  expect(found.byBucket.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0)).toBe(10)
  expect(found.queue).toMatchObject({ queued: 1, running: 0, waiting: 0, oldestQueuedMs: expect.any(Number) })
  expect(found.waitMs).toEqual({ p50: 100, p95: 100 })
  expect(found.failing).toEqual([{ workflow: { id: mine.bad.id, name: 'Bad' }, failed: 2, runs: 2 }])
  expect(found.costs).toEqual([{ workflow: { id: mine.good.id, name: 'Good' }, costUsd: 2 }])
})

test('a tenant without runs has an empty dashboard', async () => {
  const { tenant, user } = await aTenant()
  const found = await readDashboard(scopeFor({ databases }, { tenant, actor: user.id }), { days: 7 })
  expect(found).toMatchObject({
    totals: { runs: 0, medianMs: null },
    failing: [],
    costs: [],
    waitMs: { p50: null },
  })
  expect(found.byBucket).toHaveLength(28)
})

test('the installation has all of them, and whose they are', async () => {
  const found = await readInstallation(databases.admin, { days: 7 })
  expect(found.totals).toMatchObject({ runs: 20, failed: 4 })
  expect(found.tenants).toEqual(
    expect.arrayContaining(
      [mine, theirs].map(({ tenant: { id, name, slug } }) => ({
        ...{ id, name, slug },
        ...{ queued: 1, running: 0, runs: 10, failed: 2, costUsd: 2 },
      })),
    ),
  )
  expect(found.failing).toHaveLength(2)
})

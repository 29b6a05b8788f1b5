import { describe, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aTenant } from '../test/factories.ts'
import { createAdmit } from './admit.ts'
import { claim } from './claim.ts'
import { effectiveLimits, forgetLimits } from './limits.ts'
import type { NewRun } from './new-run.ts'
import { sweep } from './sweep.ts'
import { aRun, aRuntime, newLedger, sketch, testNodes } from './test-runtime.ts'

const { owner, engine } = await testDatabases()

/** Sets the tenant's own limits, as an administrator would. */
async function limit(tenantId: string, columns: Record<string, unknown>) {
  const names = Object.keys(columns)
  await owner.query(
    `INSERT INTO tenant_limit (tenant_id, updated_at, ${names}) VALUES ($1, now(), ${names.map((_, at) => `$${at + 2}`)})
     ON CONFLICT (tenant_id) DO UPDATE SET ${names.map((name, at) => `${name} = $${at + 2}`)}`,
    [tenantId, ...Object.values(columns)],
  )
  forgetLimits(engine)
}

const noop = sketch([{ key: 'a', params: { value: 'hold' } }], ['start -> a'])

/** Runs in line, as they are in the database. */
async function queued(run: NewRun, count: number): Promise<string[]> {
  const { rows } = await engine.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, trigger_key, started_by, input, last_seq, created_at)
     SELECT $1, gen_random_uuid(), $2, 1, 'start', 'manual', '{}', 1, now() - n * interval '1 s'
     FROM generate_series($3::int, 1, -1) n RETURNING id`,
    [run.tenantId, run.workflowId, count],
  )
  return rows.map(({ id }) => id)
}

test('a tenant has its own limits, else the installation’s, and a change holds two seconds later', async () => {
  const { tenant } = await aTenant()
  expect(await effectiveLimits(engine, tenant.id)).toEqual({
    weight: 1,
    concurrentRuns: 50,
    runsPerMinute: 6_000,
    queuedRuns: 10_000,
    storageMb: 10_240,
    monthlyCostUsd: null,
    paused: null,
    suspended: null,
  })
  await limit(tenant.id, {
    concurrent_runs: 3,
    monthly_cost_usd: 12.5,
    suspended_at: new Date(),
    suspended_why: 'Unpaid',
  })
  expect(await effectiveLimits(engine, tenant.id)).toMatchObject({
    concurrentRuns: 3,
    runsPerMinute: 6_000,
    monthlyCostUsd: 12.5,
    suspended: { why: 'Unpaid' },
  })
})

describe('letting runs in', () => {
  test('no more in a minute than the tenant may start, counted over all processes', async () => {
    const run = await aRun(noop)
    await limit(run.tenantId, { runs_per_minute: 5 })
    await queued(run, 3)
    const admit = createAdmit(engine)
    await admit(run)
    await admit(run)
    await expect(admit(run)).rejects.toMatchObject({
      code: 'limit_reached',
      details: { limit: 'runsPerMinute', most: 5, retryAfterSeconds: 12 },
    })
    const called = { ...run, startedBy: 'call' as const }
    const waitedFor = { runId: 'run', task: 'task', depth: 1 }
    await expect(admit({ ...called, parent: waitedFor })).resolves.toBeUndefined()
    await expect(admit({ ...called, parent: { runId: 'run', depth: 1 } })).rejects.toThrow('more than 5 runs')
  })

  test('no more in line than it may have', async () => {
    const run = await aRun(noop)
    await limit(run.tenantId, { queued_runs: 2 })
    await queued(run, 2)
    await expect(createAdmit(engine)(run)).rejects.toMatchObject({ details: { limit: 'queuedRuns' } })
  })

  test('nothing while it is suspended, and why', async () => {
    const run = await aRun(noop)
    await limit(run.tenantId, { suspended_at: new Date(), suspended_why: 'Unpaid' })
    await expect(createAdmit(engine)({ ...run, startedBy: 'api' })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'This tenant is suspended: Unpaid',
      details: { reason: 'suspended' },
    })
  })
})

describe('taking runs', () => {
  const worker = () => crypto.randomUUID()

  test('a limit is never exceeded by one, however many claim at once', async () => {
    const run = await aRun(noop)
    await limit(run.tenantId, { concurrent_runs: 3 })
    const ids = await queued(run, 20)
    const claims = await Promise.all(
      ids.map((runId) => claim(engine, { tenantId: run.tenantId, runId, worker: worker() })),
    )
    expect(claims.filter((one) => one !== null)).toHaveLength(3)
  })

  test('what is to be cancelled needs no place', async () => {
    const run = await aRun(noop)
    await limit(run.tenantId, { concurrent_runs: 0 })
    const [runId = ''] = await queued(run, 1)
    const about = { tenantId: run.tenantId, runId, worker: worker() }
    expect(await claim(engine, about)).toBeNull()
    await engine.query(`UPDATE run SET cancel_reason = 'x' WHERE id = $1`, [runId])
    expect(await claim(engine, about)).not.toBeNull()
  })

  test.each([
    ['the tenant is paused', 'UPDATE tenant_limit SET paused_at = now() WHERE tenant_id = $1'],
    ['the tenant is suspended', 'UPDATE tenant_limit SET suspended_at = now() WHERE tenant_id = $1'],
    ['the workflow is paused', 'UPDATE workflow SET paused_at = now() WHERE tenant_id = $1'],
  ])('nothing begins and nobody is told while %s', async (_, pause) => {
    const run = await aRun(noop)
    await limit(run.tenantId, { weight: 1 })
    const [runId = ''] = await queued(run, 1)
    const { tenantId } = run
    const told = async () =>
      (await sweep(engine, { lateMs: 0, queuedMs: 0 })).some((found) => found.tenantId === tenantId)
    expect(await told()).toBe(true)
    await owner.query(pause, [tenantId])
    expect(await told()).toBe(false)
    expect(await claim(engine, { tenantId, runId, worker: worker() })).toBeNull()
  })

  test('nothing begins while the installation is paused', async () => {
    const run = await aRun(noop)
    const [runId = ''] = await queued(run, 1)
    const about = { tenantId: run.tenantId, runId, worker: worker() }
    await owner.query('UPDATE installation SET paused_at = now()')
    expect(await claim(engine, about)).toBeNull()
    expect(await sweep(engine, { lateMs: 0, queuedMs: 0 })).toEqual([])
    await owner.query('UPDATE installation SET paused_at = NULL')
    expect(await claim(engine, about)).not.toBeNull()
  })

  test('a long line of one tenant leaves room for the others in every sweep', async () => {
    const long = await aRun(noop)
    const short = await aRun(noop)
    await queued(long, 600)
    await queued(short, 1)
    const found = await sweep(engine, { lateMs: 0, queuedMs: 0 })
    expect(found.filter(({ tenantId }) => tenantId === long.tenantId)).toHaveLength(50)
    expect(found.filter(({ tenantId }) => tenantId === short.tenantId)).toHaveLength(1)
    await engine.query(`UPDATE run SET cancel_reason = 'x' WHERE tenant_id = ANY ($1)`, [
      [long.tenantId, short.tenantId],
    ])
  })
})

test('runs beyond the limit wait in line, and each is taken as soon as one ends', async () => {
  const ledger = newLedger()
  let going = 0
  let most = 0
  ledger.acts.set('hold', async () => {
    most = Math.max(most, ++going)
    await new Promise((resolve) => setTimeout(resolve, 20))
    going--
    return null
  })
  // The sweep is far off: whoever is next is woken by the end of the one before.
  const runtime = await aRuntime({ find: testNodes(ledger), sweepMs: 60_000 })
  await runtime.start()
  try {
    const run = await aRun(noop)
    const { tenantId } = run
    await limit(tenantId, { concurrent_runs: 2 })
    const accepted = await Promise.all(Array.from({ length: 12 }, () => runtime.accept(run)))
    const results = await Promise.all(
      accepted.map(({ runId }) => runtime.result({ tenantId, runId, waitMs: 20_000 })),
    )
    expect(results.map((result) => result?.status)).toEqual(results.map(() => 'succeeded'))
    expect(most).toBe(2)
  } finally {
    await runtime.stop()
  }
})

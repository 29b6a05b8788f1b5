import { describe, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aTenant } from '../test/factories.ts'
import { createAdmit } from './admit.ts'
import { countRuns, noDay } from './count-runs.ts'
import { effectiveLimits, forgetLimits } from './limits.ts'
import type { NewRun } from './new-run.ts'
import { mendOrder, sweep } from './sweep.ts'
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
    dailyRuns: null,
    overLimit: 'refuse',
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

  test('no more in a day than it may start; a long line costs no count', async () => {
    const run = await aRun(noop)
    await limit(run.tenantId, { daily_runs: 3 })
    const [old] = await queued(run, 2)
    await owner.query(`UPDATE run SET created_at = now() - interval '1 day' WHERE id = $1`, [old])
    const admit = createAdmit(engine)
    expect(await admit(run)).toBeUndefined()
    expect(await admit(run)).toBeUndefined()
    const refusal = await admit(run).catch((error) => error)
    expect(refusal).toMatchObject({ code: 'limit_reached', details: { limit: 'dailyRuns', most: 3 } })
    expect(refusal.details.retryAfterSeconds).toBeGreaterThan(0)
    expect(refusal.details.retryAfterSeconds).toBeLessThanOrEqual(86_400)
  })

  test('what was counted of a day is not counted again', async () => {
    const run = await aRun(noop)
    await limit(run.tenantId, { daily_runs: 100 })
    await queued(run, 8)
    const limits = await effectiveLimits(engine, run.tenantId)
    const about = { tenantId: run.tenantId, limits }
    const { today: first } = await countRuns(engine, { ...about, before: noDay })
    expect(first.count).toBe(8)
    await owner.query(`UPDATE run SET created_at = now() - interval '1 minute' WHERE tenant_id = $1`, [
      run.tenantId,
    ])
    const settled = { ...first, count: 0, settled: 50, until: new Date(Date.now() - 30_000) }
    expect((await countRuns(engine, { ...about, before: settled })).today.count).toBe(50)
    const yesterday = { ...settled, midnight: new Date(first.midnight.getTime() - 86_400_000) }
    expect(
      (await countRuns(engine, { ...about, before: { ...yesterday, until: noDay.until } })).today.count,
    ).toBe(8)
  })

  test('where what is over a limit waits, each has its own time under the rate, and the rest the next days', async () => {
    const run = await aRun(noop)
    await limit(run.tenantId, { runs_per_minute: 6, over_limit: 'wait', daily_runs: 8 })
    await queued(run, 5)
    const admit = createAdmit(engine)
    const times = []
    for (let n = 0; n < 4; n++) times.push((await admit(run))?.getTime())
    const [now, ...later] = times
    expect(now).toBeUndefined()
    const [second = 0, third = 0] = later
    expect(third - second).toBeGreaterThan(9_000)
    expect(third - second).toBeLessThan(15_000)
    const { rows } = await owner.query(
      `SELECT date_trunc('day', now() AT TIME ZONE 'utc') AT TIME ZONE 'utc' + interval '1 day' AS tomorrow`,
    )
    expect(later[2]).toBe(rows[0].tomorrow.getTime())
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

describe('the sweep', () => {
  const inLine = async () => {
    await owner.query('UPDATE tenant_turn SET in_line = false')
    await sweep(engine)
    const { rows } = await owner.query('SELECT tenant_id FROM tenant_turn WHERE in_line')
    return rows.map(({ tenant_id: id }) => id)
  }
  const set = (columns: string, runId: string | undefined) =>
    engine.query(`UPDATE run SET ${columns} WHERE id = $1`, [runId])

  test.each([
    ['a worker died', `status = 'running', lease_owner = 'dead', lease_until = now() - interval '1 s'`],
    ['a wait is over', `status = 'waiting', wake_at = now() - interval '1 s'`],
    ['a deadline has passed', `status = 'waiting', deadline_at = now() - interval '1 s'`],
    ['a run is to be cancelled', `status = 'waiting', cancel_reason = 'x'`],
    ['a run is in line and its tenant is not', `status = 'queued'`],
  ])('puts a tenant in line when %s', async (_, columns) => {
    const run = await aRun(noop)
    const [runId] = await queued(run, 1)
    await set(columns, runId)
    expect(await inLine()).toContain(run.tenantId)
    await set(`status = 'succeeded', finished_at = now(), lease_until = NULL`, runId)
    expect(await inLine()).not.toContain(run.tenantId)
  })

  test.each([
    [
      'a worker is at it',
      `status = 'running', lease_owner = 'alive', lease_until = now() + interval '1 hour'`,
    ],
    ['it waits for later', `status = 'waiting', wake_at = now() + interval '1 hour'`],
    ['it waits for an answer', `status = 'waiting', deadline_at = now() + interval '1 hour'`],
  ])('leaves a run alone while %s', async (_, columns) => {
    const run = await aRun(noop)
    const [runId] = await queued(run, 1)
    await set(columns, runId)
    expect(await inLine()).not.toContain(run.tenantId)
  })

  test('lets the first of an ordering key begin that something kept behind', async () => {
    const run = await aRun(noop)
    const [first, second] = await queued(run, 2)
    await owner.query(`UPDATE run SET ordering_key = 'a', behind = true WHERE id = ANY ($1)`, [
      [first, second],
    ])
    await mendOrder(engine)
    const { rows } = await owner.query('SELECT id FROM run WHERE tenant_id = $1 AND NOT behind', [
      run.tenantId,
    ])
    expect(rows).toEqual([{ id: first }])
    await set(`status = 'cancelled', finished_at = now()`, first)
    await set(`status = 'cancelled', finished_at = now()`, second)
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

import { setImmediate, setTimeout } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newId } from '../db/id.ts'
import type { RunEvent } from '../engine/history.ts'
import { testDatabases, testRedisUrl } from '../test/databases.ts'
import { aTenant } from '../test/factories.ts'
import { silent } from './log.ts'
import type { NewRun, RunRef } from './new-run.ts'
import { nextTimes } from './next-times.ts'
import { createRuntime, type Runtime, type RuntimeAbout } from './runtime.ts'
import { aRun, aRuntime, newLedger, sketch, storedEvents, testNodes } from './test-runtime.ts'

// What survives: workers that die, leases that are lost, a queue that forgets everything.

const waitMs = 20_000
const soon = { timeout: 10_000 }
let ledger = newLedger()
const running = new Set<Runtime>()
beforeEach(() => {
  ledger = newLedger()
})
afterEach(async () => {
  await Promise.all([...running].map((runtime) => runtime.stop()))
  running.clear()
})

async function begin(about: Parameters<typeof aRuntime>[0] = {}): Promise<Runtime> {
  const runtime = await aRuntime({ find: testNodes(ledger), ...about })
  await runtime.start()
  running.add(runtime)
  return runtime
}
async function end(runtime: Runtime) {
  running.delete(runtime)
  await runtime.stop()
}
async function start(runtime: Runtime, run: NewRun): Promise<RunRef> {
  return { tenantId: run.tenantId, runId: (await runtime.accept(run)).runId }
}
async function rowOf({ runId }: RunRef) {
  const { owner } = await testDatabases()
  const { rows } = await owner.query('SELECT * FROM run WHERE id = $1', [runId])
  return rows[0]
}
async function eventsOf(run: RunRef, type: RunEvent['type']) {
  return (await storedEvents(run)).map(({ event }) => event).filter((event) => event.type === type)
}
/** What it asks about steps that did not end well. */
async function attentionOf(run: RunRef) {
  const asked = await eventsOf(run, 'step.suspended')
  return asked.map((event) =>
    event.type === 'step.suspended' ? `${event.attention?.why} ${event.attention?.failure.code}` : '',
  )
}
/** As if the worker that holds it had died a while ago. */
async function kill({ runId }: RunRef) {
  const { owner } = await testDatabases()
  await owner.query(
    `UPDATE run SET lease_owner = 'dead', lease_until = now() - interval '1 ms' WHERE id = $1`,
    [runId],
  )
}
const hang = () => new Promise<never>(() => {})
const one = (key: string, effect: 'none' | 'idempotent' | 'once' = 'none') =>
  sketch([{ key, type: `test.${effect}`, params: { value: key } }], [`start -> ${key}`])

test('a wait goes on after a restart', async () => {
  const first = await begin()
  const wait = {
    key: 'wait',
    type: 'flow.wait',
    params: { wait: { kind: 'for', amount: 2, unit: 'seconds' } },
  }
  const run = await start(first, await aRun(sketch([wait], ['start -> wait']), { input: 'kept' }))
  await expect.poll(async () => (await rowOf(run)).status, soon).toBe('waiting')
  await end(first)
  const second = await begin()
  expect(await second.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: 'kept' })
})

test('stopping lets a step in flight end, and hands the run over', async () => {
  let finish = () => {}
  ledger.acts.set('slow', () => new Promise((resolve) => (finish = () => resolve('done'))))
  const document = sketch(
    [
      { key: 'slow', params: { value: 'slow' } },
      { key: 'next', params: { value: 'next' } },
    ],
    ['start -> slow', 'slow -> next'],
  )
  const first = await begin()
  const run = await start(first, await aRun(document))
  await expect.poll(() => ledger.calls.length, soon).toBe(1)
  const stopped = end(first)
  finish()
  await stopped
  expect(await rowOf(run)).toMatchObject({ status: 'queued', lease_owner: null, crash_count: 0 })
  const second = await begin()
  expect(await second.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: 'next' })
  expect(ledger.calls.map(({ value }) => value)).toEqual(['slow', 'next'])
})

test('a worker that lost its lease writes nothing', async () => {
  let finish = () => {}
  ledger.acts.set('slow', (attempt) =>
    attempt === 1 ? new Promise((resolve) => (finish = () => resolve('of the first'))) : 'of the second',
  )
  const runtime = await begin()
  const run = await start(runtime, await aRun(one('slow')))
  await expect.poll(() => ledger.calls.length, soon).toBe(1)
  await kill(run)
  expect(await runtime.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: 'of the second' })
  finish()
  await setTimeout(100)
  expect(await eventsOf(run, 'step.finished')).toHaveLength(1)
  expect(new Set(ledger.calls.map(({ key }) => key)).size).toBe(1)
  const claims = await eventsOf(run, 'run.claimed')
  expect(claims).toMatchObject([{ reason: 'queued' }, { reason: 'takeover' }])
})

test('a step that may happen once is not repeated when nobody knows whether it did', async () => {
  ledger.acts.set('pay', hang)
  const runtime = await begin()
  const run = await start(runtime, await aRun(one('pay', 'once')))
  await expect.poll(() => ledger.calls.length, soon).toBe(1)
  expect(await eventsOf(run, 'step.started')).toHaveLength(1)
  await kill(run)
  await expect.poll(() => attentionOf(run), soon).toEqual(['unknown outcome_unknown'])
  expect(ledger.calls).toHaveLength(1)
})

test('a step that killed three workers is given up', async () => {
  ledger.acts.set('poison', hang)
  const runtime = await begin()
  const run = await start(runtime, await aRun(one('poison', 'idempotent')))
  for (const deaths of [1, 2, 3]) {
    await expect.poll(() => ledger.calls.length, soon).toBe(deaths)
    await kill(run)
  }
  await expect.poll(() => attentionOf(run), soon).toEqual(['crashed worker_crashed'])
  expect(await rowOf(run)).toMatchObject({ crash_count: 3 })
})

test('what an effect builds on is stored before the effect', async () => {
  let run: RunRef | undefined
  let stored = -1
  ledger.acts.set('send', async () => {
    await expect.poll(() => run, soon).toBeDefined()
    const events = run ? await storedEvents(run) : []
    stored = events.filter(({ event }) => 'step' in event && event.step === 'before').length
    return null
  })
  const nodes = [{ key: 'before' }, { key: 'send', type: 'test.idempotent', params: { value: 'send' } }]
  const runtime = await begin()
  run = await start(runtime, await aRun(sketch(nodes, ['start -> before', 'before -> send'])))
  await runtime.result({ ...run, waitMs })
  expect(stored).toBe(2)
})

test('work that blocks the main thread does not lose the lease', async () => {
  const { owner } = await testDatabases()
  const runtime = await begin({ leaseMs: 2_000 })
  let leased: Promise<unknown> = Promise.resolve()
  ledger.acts.set('block', async () => {
    const db = await owner.connect()
    leased = db
      .query(
        `SELECT pg_sleep(3); SELECT lease_until > clock_timestamp() AS held FROM run WHERE lease_owner IS NOT NULL`,
      )
      .finally(() => db.release())
    for (let turn = 0; turn < 5; turn++) await setImmediate()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4_000)
    return null
  })
  const run = await start(runtime, await aRun(one('block')))
  await runtime.result({ ...run, waitMs })
  expect(await leased).toMatchObject([{}, { rows: [{ held: true }] }])
  expect(await rowOf(run)).toMatchObject({ lease_token: '1', status: 'succeeded' })
})

test('a claim that a crash of the database undid, made anew by the same worker, is the same claim', async () => {
  const runtime = await begin()
  let finish = () => {}
  ledger.acts.set('slow', () => new Promise((resolve) => (finish = () => resolve('done'))))
  const run = await start(runtime, await aRun(one('slow', 'idempotent')))
  await expect.poll(() => ledger.calls.length, soon).toBe(1)
  const { owner } = await testDatabases()
  // No trigger keeps a crash from taking a token back.
  const db = await owner.connect()
  await db.query('SET session_replication_role = replica')
  await db.query(
    `UPDATE run SET status = 'queued', lease_owner = NULL, lease_until = NULL, lease_token = lease_token - 1 WHERE id = $1`,
    [run.runId],
  )
  db.release(true)
  await expect.poll(async () => (await rowOf(run)).status, soon).toBe('running')
  // Whoever had it is still about it.
  await setTimeout(300)
  finish()
  expect(await runtime.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: 'done' })
  expect(ledger.calls).toHaveLength(1)
  expect(await eventsOf(run, 'run.claimed')).toHaveLength(1)
})

test.each(['postgres', 'redis'] as const)(
  'a wake-up reaches a worker elsewhere through %s alone',
  async (queue) => {
    // It sweeps as it starts, and then not again while this test runs.
    await begin({ queue, sweepMs: 600_000 })
    const web = await begin({ queue, roles: { worker: false, scheduler: false } })
    const run = await start(web, await aRun(sketch([], [])))
    expect(await web.result({ ...run, waitMs })).toMatchObject({ status: 'succeeded' })
  },
)

test('total loss of Redis loses no run', async () => {
  const web = await begin({ queue: 'redis', roles: { worker: false, scheduler: false } })
  const run = await aRun(sketch([], []))
  const runs = await Promise.all(Array.from({ length: 20 }, () => start(web, run)))
  const redis = new Redis(testRedisUrl())
  await redis.flushall()
  redis.disconnect()
  await begin({ queue: 'redis' })
  const results = await Promise.all(runs.map((one) => web.result({ ...one, waitMs })))
  expect(results.map((result) => result?.status)).toEqual(runs.map(() => 'succeeded'))
})

test('without Redis, accepting does not wait and runs go on', async () => {
  const about: RuntimeAbout['queue'] = { kind: 'redis', url: 'redis://127.0.0.1:1' }
  const databases = await testDatabases()
  const runtime = createRuntime({
    databases,
    queue: about,
    egress: { request: hang },
    sandbox: { run: hang },
    vault: { open: () => null, seal: () => Buffer.alloc(0) },
    log: silent,
    roles: { worker: true, scheduler: false },
    sweepMs: 200,
  })
  running.add(runtime)
  await runtime.start()
  const run = await start(runtime, await aRun(sketch([], [])))
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ status: 'succeeded' })
  expect((await runtime.health()).queue).toBe(false)
})

async function aSchedule(about: { nextAt: Date; missed?: 'skip' | 'latest' | 'all'; cron?: string }) {
  const { owner } = await testDatabases()
  const { tenant } = await aTenant()
  const run = await aRun(sketch([], []), { tenantId: tenant.id })
  const { nextAt, missed = 'latest', cron = '0 9 * * *' } = about
  await owner.query(
    `INSERT INTO schedule (tenant_id, id, workflow_id, version, node_key, cron, zone, missed, next_at)
     VALUES ($1, $2, $3, 1, 'start', $4, 'UTC', $5, $6)`,
    [tenant.id, newId(), run.workflowId, cron, missed, nextAt],
  )
  return {
    async runs() {
      const { rows } = await owner.query('SELECT input, status FROM run WHERE tenant_id = $1', [tenant.id])
      return rows.map(({ input }) => input.scheduledFor)
    },
    async nextAt() {
      const { rows } = await owner.query('SELECT next_at FROM schedule WHERE tenant_id = $1', [tenant.id])
      return rows[0].next_at
    },
    async misses() {
      const { rows } = await owner.query(
        'SELECT reason, times FROM schedule_miss WHERE tenant_id = $1 ORDER BY at',
        [tenant.id],
      )
      return rows.map(({ reason, times }) => `${reason} ${times}`)
    },
  }
}

test('a schedule fires once for each time, with two schedulers', async () => {
  const now = new Date()
  const due = await Promise.all(
    Array.from({ length: 10 }, () => aSchedule({ nextAt: now, cron: '0 0 1 1 *' })),
  )
  await Promise.all([begin(), begin()])
  for (const schedule of due) await expect.poll(() => schedule.runs(), soon).toEqual([now.toISOString()])
  await setTimeout(1_500)
  for (const schedule of due) {
    expect(await schedule.runs()).toEqual([now.toISOString()])
    expect((await schedule.nextAt()).getTime()).toBeGreaterThan(now.getTime())
  }
})

test('missed times: none, the latest or all of the window, and what is left out is on record', async () => {
  // On the half hour, so that none of the times is near.
  const cron = `${(new Date().getUTCMinutes() + 30) % 60} * * * *`
  const [before] = nextTimes(
    { cron, zone: 'UTC' },
    { after: new Date(Date.now() - 30 * 3_600_000), count: 1 },
  )
  const nextAt = before ?? new Date()
  const skip = await aSchedule({ nextAt, cron, missed: 'skip' })
  const latest = await aSchedule({ nextAt, cron, missed: 'latest' })
  const all = await aSchedule({ nextAt, cron, missed: 'all' })
  await Promise.all([begin(), begin()])
  for (const schedule of [skip, latest, all])
    await expect.poll(async () => (await schedule.nextAt()) > new Date(), soon).toBe(true)
  // Thirty hours, of which the window of a day has twenty-four.
  expect(await skip.misses()).toEqual(['too_old 6', 'skipped 24'])
  expect(await latest.misses()).toEqual(['too_old 6', 'superseded 23'])
  expect(await all.misses()).toEqual(['too_old 6'])
  expect(await skip.runs()).toEqual([])
  expect((await latest.runs()).length).toBe(1)
  expect(new Set(await all.runs()).size).toBe(24)
  expect((await all.runs()).length).toBe(24)
})

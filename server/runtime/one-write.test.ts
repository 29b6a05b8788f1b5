import { afterEach, beforeEach, expect, test } from 'vitest'
import { isUnavailable } from '../api/unavailable.ts'
import { testDatabases } from '../test/databases.ts'
import type { NewRun, RunRef } from './new-run.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, newLedger, sketch, storedEvents, testNodes } from './test-runtime.ts'

// A run that begins in the process that takes it in: what its first write makes of it, and what never happens before.

const waitMs = 20_000
const soon = { timeout: 10_000 }
let ledger = newLedger()
const running = new Set<Runtime>()
/** What a test that failed left locked. */
const releases: (() => Promise<void>)[] = []
beforeEach(() => {
  ledger = newLedger()
})
afterEach(async () => {
  for (const release of releases.splice(0)) await release()
  await Promise.all([...running].map((runtime) => runtime.stop()))
  running.clear()
})

/** Unless asked for, no sweep: nothing but what the test does writes runs. */
async function begin({ sweepMs = 600_000 } = {}): Promise<Runtime> {
  const runtime = await aRuntime({ find: testNodes(ledger), sweepMs })
  await runtime.start()
  running.add(runtime)
  return runtime
}
async function rowsOf(tenantId: string) {
  const { owner } = await testDatabases()
  const { rows } = await owner.query('SELECT * FROM run WHERE tenant_id = $1 ORDER BY id', [tenantId])
  return rows
}
/** How many rows its history takes. */
async function writesOf({ runId }: RunRef): Promise<number> {
  const { owner } = await testDatabases()
  const { rows } = await owner.query('SELECT count(*)::int AS n FROM run_event WHERE run_id = $1', [runId])
  return rows[0].n
}
/** Nobody writes a run meanwhile. */
async function hold() {
  const { owner } = await testDatabases()
  const db = await owner.connect()
  await db.query('BEGIN')
  await db.query('LOCK TABLE run IN SHARE MODE')
  let isHeld = true
  async function release() {
    if (!isHeld) return
    isHeld = false
    await db.query('COMMIT')
    db.release()
  }
  releases.push(release)
  return {
    release,
    /** Breaks the connections of whoever tries to, until it is over. */
    async cut(isOver: () => boolean) {
      const waits = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'trama engine'`
      const cutOnce = async () => {
        // Not in the transaction: it would see the same again and again.
        await owner.query(waits)
        return isOver()
      }
      await expect.poll(cutOnce, soon).toBe(true)
    },
  }
}
const called = (value: string) => ledger.calls.filter((call) => call.value === value).length
/** A step that nobody feels, then one that somebody does. */
const feltLast = () =>
  sketch(
    [
      { key: 'think', params: { value: 'think' } },
      { key: 'act', type: 'test.idempotent', params: { value: 'act' } },
    ],
    ['start -> think', 'think -> act'],
  )
const call = (runtime: Runtime, run: NewRun) => runtime.call(run, { waitMs })

test('a run that nobody outside feels is written once, with its end', async () => {
  const runtime = await begin()
  const nodes = [{ key: 'a' }, { key: 'b', params: { value: { expr: 'trigger' } } }]
  const run = await aRun(sketch(nodes, ['start -> a', 'a -> b']), { input: 'in' })
  const { runId, fresh, result } = await call(runtime, run)
  expect({ fresh, result }).toEqual({ fresh: true, result: { status: 'succeeded', output: 'in' } })
  const ref = { tenantId: run.tenantId, runId }
  expect(await writesOf(ref)).toBe(1)
  expect((await storedEvents(ref)).map(({ seq, event }) => `${seq} ${event.type}`)).toEqual([
    ...['1 run.started', '2 run.claimed', '3 step.started', '4 step.finished'],
    ...['5 step.started', '6 step.finished', '7 run.finished'],
  ])
  const [row] = await rowsOf(run.tenantId)
  expect(row).toMatchObject({ status: 'succeeded', lease_token: '1', lease_owner: null, lease_until: null })
  expect(row.settled_at).not.toBeNull()
  expect(row.created_at.getTime()).toBeLessThanOrEqual(row.finished_at.getTime())
})

test('before a run is committed nobody is answered and nobody feels anything of it', async () => {
  const runtime = await begin()
  const run = await aRun(feltLast())
  const held = await hold()
  const answered: string[] = []
  const both = Promise.all([
    call(runtime, run).then(() => answered.push('call')),
    runtime.accept(run).then(() => answered.push('accept')),
  ])
  await expect.poll(() => called('think'), soon).toBe(2)
  // Both wait for the write now: it is on its way, and does not come through.
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect({ answered, felt: called('act') }).toEqual({ answered: [], felt: 0 })
  await held.release()
  await both
  await expect.poll(() => called('act'), soon).toBe(2)
})

test('a run whose first write fails never was, and who started it is told', async () => {
  const runtime = await begin()
  const run = await aRun(feltLast())
  // Read once, so that nothing but the write is in the way.
  await call(runtime, run)
  const held = await hold()
  const errors: unknown[] = []
  const both = Promise.all([
    call(runtime, run).catch((error) => errors.push(error)),
    runtime.accept(run).catch((error) => errors.push(error)),
  ])
  await expect.poll(() => called('think'), soon).toBe(3)
  await held.cut(() => errors.length === 2)
  await both
  await held.release()
  expect(errors.map(isUnavailable)).toEqual([true, true])
  expect(await rowsOf(run.tenantId)).toHaveLength(1)
  expect(called('act')).toBe(1)
  // And the next one is none the worse for it.
  expect((await call(runtime, run)).result?.status).toBe('succeeded')
})

test('of runs with one dedupe key that begin in two processes, one is felt', async () => {
  const runtimes = [await begin(), await begin()]
  const run = await aRun(feltLast(), { dedupeKey: 'the same' })
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, at) => call(runtimes[at % 2] as Runtime, run)),
  )
  expect(new Set(outcomes.map(({ runId }) => runId)).size).toBe(1)
  expect(outcomes.filter(({ fresh }) => fresh)).toHaveLength(1)
  expect(outcomes.map(({ result }) => result)).toEqual(
    outcomes.map(() => ({ status: 'succeeded', output: 'act' })),
  )
  expect(called('act')).toBe(1)
  expect(await rowsOf(run.tenantId)).toHaveLength(1)
})

test('a run that its tenant has no room for goes in line, with nothing but its start', async () => {
  const { owner } = await testDatabases()
  // That a place is free in another process is seen by looking.
  const sweeps = { sweepMs: 500 }
  const [here, elsewhere] = [await begin(sweeps), await begin(sweeps)]
  let finish = () => {}
  ledger.acts.set('slow', () => new Promise((resolve) => (finish = () => resolve(null))))
  const slow = await aRun(
    sketch([{ key: 'slow', type: 'test.idempotent', params: { value: 'slow' } }], ['start -> slow']),
  )
  const { tenantId } = slow
  await owner.query(
    'INSERT INTO tenant_limit (tenant_id, updated_at, concurrent_runs) VALUES ($1, now(), 1)',
    [tenantId],
  )
  await here.accept(slow)
  await expect.poll(() => called('slow'), soon).toBe(1)
  const run = await aRun(feltLast(), { tenantId })
  const { runId } = await elsewhere.accept(run)
  expect((await rowsOf(tenantId)).find(({ id }) => id === runId)).toMatchObject({
    ...{ status: 'queued', lease_token: '1', lease_owner: null, last_seq: 1, started_at: null },
  })
  expect((await storedEvents({ tenantId, runId })).map(({ event }) => event.type)).toEqual(['run.started'])
  expect(called('act')).toBe(0)
  finish()
  expect(await elsewhere.result({ tenantId, runId, waitMs })).toEqual({ status: 'succeeded', output: 'act' })
  expect(called('act')).toBe(1)
})

test('a cancel reaches a run that may not be written yet', async () => {
  const runtime = await begin()
  const document = sketch([{ key: 'hang', params: { value: { expr: 'run.id' } } }], ['start -> hang'])
  const run = await aRun(document)
  ledger.acts.get = () => () => new Promise(() => {})
  const outcome = call(runtime, run)
  await expect.poll(() => ledger.calls.length, soon).toBe(1)
  const runId = String(ledger.calls[0]?.value)
  expect(await runtime.cancel({ tenantId: run.tenantId, runId, reason: 'enough' })).toBe(true)
  expect((await outcome).result).toEqual({ status: 'cancelled' })
  expect(await runtime.cancel({ tenantId: 'another', runId, reason: 'enough' })).toBe(false)
})

test('what happened is written before long while a step goes on', async () => {
  const runtime = await begin()
  let finish = () => {}
  ledger.acts.set('slow', () => new Promise((resolve) => (finish = () => resolve(null))))
  const nodes = [{ key: 'first' }, { key: 'slow', params: { value: 'slow' } }]
  const run = await aRun(sketch(nodes, ['start -> first', 'first -> slow']))
  const { runId } = await runtime.accept(run)
  const ref = { tenantId: run.tenantId, runId }
  const types = async () => (await storedEvents(ref)).map(({ event }) => event.type)
  await expect.poll(types, soon).toContain('step.finished')
  finish()
  expect(await runtime.result({ ...ref, waitMs })).toEqual({ status: 'succeeded', output: null })
})

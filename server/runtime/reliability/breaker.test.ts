import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { testDatabases } from '../../test/databases.ts'
import { aTenant } from '../../test/factories.ts'
import { postgresBus } from '../bus-postgres.ts'
import { silent as log } from '../log.ts'
import { type BreakerOf, createBreakers } from './breaker.ts'

const { engine: pool, listenUrl: url } = await testDatabases()
const buses = [postgresBus({ url, log }), postgresBus({ url, log })] as const
const [one, other] = [
  createBreakers({ pool, bus: buses[0], log }),
  createBreakers({ pool, bus: buses[1], log }),
]
beforeAll(async () => void (await Promise.all(buses.map((bus) => bus.start()))))
afterAll(async () => {
  one.close()
  other.close()
  await Promise.all(buses.map((bus) => bus.close()))
})

const HOUR = 3_600_000
let of: BreakerOf
beforeEach(async () => {
  of = {
    tenantId: (await aTenant()).tenant.id,
    gate: 'connection:x',
    breaker: { failures: 3, pauseMs: HOUR },
  }
})
/** As if its pause were over. */
const pauseEnds = () =>
  pool.query(`UPDATE gate SET open_until = now() - interval '1 s' WHERE tenant_id = $1`, [of.tenantId])
/** A worker that knows nothing yet. */
const fresh = () => createBreakers({ pool, bus: buses[0], log })

test('failures in a row open it for every worker, whichever saw them', async () => {
  expect(await other.pass(of)).toBe(0)
  await one.record(of, 'down')
  await other.record(of, 'down')
  expect(await one.pass(of)).toBe(0)
  await one.record(of, 'down')
  expect(await one.pass(of)).toBeGreaterThan(HOUR - 60_000)
  // The other hears of it, though it has just looked.
  await vi.waitFor(async () => expect(await other.openFor(of)).toBeGreaterThan(HOUR - 60_000), 10_000)
})

test('a success between them begins the count anew, also one that another worker sees', async () => {
  await one.record(of, 'down')
  await one.record(of, 'down')
  await vi.waitFor(async () => {
    await other.record(of, 'up')
    const { rows } = await pool.query('SELECT failures FROM gate WHERE tenant_id = $1', [of.tenantId])
    expect(rows).toEqual([{ failures: 0 }])
  }, 10_000)
  await one.record(of, 'down')
  await one.record(of, 'down')
  expect(await fresh().pass(of)).toBe(0)
})

test('after the pause one call tries, of all workers', async () => {
  for (let time = 0; time < 3; time++) await one.record(of, 'down')
  await pauseEnds()
  const asked = await Promise.all(Array.from({ length: 10 }, () => fresh().pass(of)))
  expect(asked.filter((waits) => waits === 0)).toHaveLength(1)
})

test('when it is answered all may pass; when it fails the pause begins again', async () => {
  for (let time = 0; time < 3; time++) await one.record(of, 'down')
  await pauseEnds()
  const probe = fresh()
  expect(await probe.pass(of)).toBe(0)
  await probe.record(of, 'down')
  expect(await fresh().pass(of)).toBeGreaterThan(HOUR - 60_000)
  await pauseEnds()
  const again = fresh()
  expect(await again.pass(of)).toBe(0)
  await again.record(of, 'up')
  expect(await fresh().pass(of)).toBe(0)
  await vi.waitFor(async () => expect(await one.openFor(of)).toBe(0), 10_000)
})

test('one whose tryer died lets another try after a pause more', async () => {
  for (let time = 0; time < 3; time++) await one.record(of, 'down')
  await pauseEnds()
  expect(await fresh().pass(of)).toBe(0)
  expect(await fresh().pass(of)).toBeGreaterThan(0)
  await pauseEnds()
  expect(await fresh().pass(of)).toBe(0)
})

test('a closed breaker of which nothing is known costs one look, and success nothing', async () => {
  const query = vi.spyOn(pool, 'query')
  const quiet = fresh()
  for (let time = 0; time < 50; time++) {
    expect(await quiet.pass(of)).toBe(0)
    await quiet.record(of, 'up')
  }
  const own = query.mock.calls.filter(([text]) => String(text).includes('gate'))
  query.mockRestore()
  expect(own).toHaveLength(1)
})

test('a call that is over stays as it went where that cannot be counted', async () => {
  const warn = vi.fn()
  const gone = { query: () => Promise.reject(new Error('No')) }
  const breakers = createBreakers({
    pool: Object.assign(Object.create(pool), gone),
    bus: buses[0],
    log: { ...log, warn },
  })
  await expect(breakers.record(of, 'down')).resolves.toBeUndefined()
  expect(warn).toHaveBeenCalledTimes(1)
  breakers.close()
})

import { expect, test } from 'vitest'
import { testDatabases } from '../../test/databases.ts'
import { aTenant } from '../../test/factories.ts'
import { createLimiter, type TurnsOf } from './limiter.ts'

const { engine } = await testDatabases()
const workers = [createLimiter(engine), createLimiter(engine), createLimiter(engine)]

/** Of so many calls, asked for by several workers, when each may be made: in ms from now, in order. */
async function turns(of: Omit<TurnsOf, 'tenantId'>, count: number) {
  const { tenant } = await aTenant()
  const began = performance.now()
  const taken = Array.from({ length: count }, async (_, index) => {
    const wait = await workers[index % workers.length]!.take({ ...of, tenantId: tenant.id })
    return performance.now() + wait - began
  })
  return (await Promise.all(taken)).toSorted((a, b) => a - b)
}

// Turns are exact on the database's clock; on ours they come late by as long as an answer takes.
const SLACK_MS = 5_000

test.each([
  { calls: 1, perMs: 60_000 },
  { calls: 5, perMs: 60_000 },
  { calls: 7, perMs: 3_600_000 },
  { calls: 100, perMs: 600_000 },
])('of $calls in $perMs ms, no stretch of that length has more, whoever asks', async (rate) => {
  const moments = await turns({ gate: 'node:a', rate }, rate.calls * 3 + 2)
  for (const [index, moment] of moments.entries()) {
    const later = moments[index + rate.calls]
    if (later !== undefined) expect(later - moment).toBeGreaterThan(rate.perMs - SLACK_MS)
    // Nor is anybody kept waiting without need.
    const due = Math.floor(index / rate.calls) * rate.perMs
    expect(moment).toBeLessThan(due + SLACK_MS)
  }
})

test('turns are taken together where many come, and not one by one', async () => {
  const { tenant } = await aTenant()
  const limiter = createLimiter(engine)
  const of = { tenantId: tenant.id, gate: 'node:b', rate: { calls: 1_000, perMs: 1_000 } }
  await Promise.all(Array.from({ length: 200 }, () => limiter.take(of)))
  const { rows } = await engine.query('SELECT xmin, turns FROM gate WHERE tenant_id = $1', [tenant.id])
  expect(rows[0].turns).toHaveLength(200)
  expect(new Set(rows[0].turns).size).toBe(1)
})

test('one gate does not keep another waiting, nor one tenant another', async () => {
  const rate = { calls: 1, perMs: 3_600_000 }
  const { tenant } = await aTenant()
  const { tenant: other } = await aTenant()
  const take = (tenantId: string, gate: string) => workers[0]!.take({ tenantId, gate, rate })
  expect(await take(tenant.id, 'node:c')).toBe(0)
  expect(await take(tenant.id, 'node:c')).toBeGreaterThan(3_000_000)
  expect(await take(tenant.id, 'node:d')).toBe(0)
  expect(await take(other.id, 'node:c')).toBe(0)
})

test('a database that is away is an error of who asked, and the next may ask again', async () => {
  const { tenant } = await aTenant()
  let away = true
  const pool = new Proxy(engine, {
    get: (target, name) =>
      name === 'query' && away
        ? () => Promise.reject(new Error('Away'))
        : Reflect.get(target, name).bind(target),
  })
  const limiter = createLimiter(pool)
  const of = { tenantId: tenant.id, gate: 'node:e', rate: { calls: 1, perMs: 1_000 } }
  await expect(limiter.take(of)).rejects.toThrow('Away')
  away = false
  expect(await limiter.take(of)).toBe(0)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { claimNext } from './claim-next.ts'

const { owner, engine } = await testDatabases()

interface Place {
  weight: number
  limit: number
  /** Ordering keys its runs have, one after the other; null: none. */
  keys: (string | null)[]
}

interface Held {
  tenantId: string
  runId: string
}

const MOST = 6
const tenants = await Promise.all(
  Array.from({ length: MOST }, async () => {
    const { tenant } = await aTenant()
    const { id: workflowId } = await aWorkflow({ tenantId: tenant.id, publish: true })
    return { tenantId: tenant.id, workflowId }
  }),
)

const place = fc.record({
  weight: fc.integer({ min: 1, max: 5 }),
  limit: fc.integer({ min: 1, max: 30 }),
  keys: fc.array(fc.option(fc.constantFrom('a', 'b'), { freq: 2 }), { minLength: 1, maxLength: 4 }),
})

async function arrange(places: readonly Place[], runs: number) {
  await owner.query(
    `UPDATE run SET status = 'cancelled', finished_at = now(), lease_until = NULL WHERE finished_at IS NULL`,
  )
  await owner.query('DELETE FROM tenant_turn')
  for (const [at, { weight, limit, keys }] of places.entries()) {
    const { tenantId, workflowId } = tenants[at] ?? { tenantId: '', workflowId: '' }
    await owner.query(
      `INSERT INTO tenant_limit (tenant_id, weight, concurrent_runs, updated_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (tenant_id) DO UPDATE SET weight = $2, concurrent_runs = $3`,
      [tenantId, weight, limit],
    )
    await engine.query(
      `INSERT INTO run (tenant_id, id, workflow_id, version, trigger_key, started_by, input, last_seq, ordering_key, created_at)
       SELECT $1, gen_random_uuid(), $2, 1, 'start', 'manual', '{}', 1, ($4::text[])[1 + n % $5::int],
         now() + n * interval '1 ms'
       FROM generate_series(1, $3::int) n`,
      [tenantId, workflowId, runs, keys, keys.length],
    )
  }
}

/** Ends the oldest of what is held, so that a run's length differs. */
async function endSome(held: Held[], count: number) {
  const ended = held.splice(0, count)
  await engine.query(
    `UPDATE run SET status = 'succeeded', finished_at = clock_timestamp(), lease_until = NULL, lease_owner = NULL
     WHERE id = ANY ($1)`,
    [ended.map(({ runId }) => runId)],
  )
  await owner.query('UPDATE tenant_turn SET look_at = NULL')
  return ended
}

const orderOf = async () => {
  const { rows } = await owner.query<{ key: string; ok: boolean }>(
    `SELECT ordering_key AS key,
       coalesce(started_at >= lag(finished_at) OVER (PARTITION BY tenant_id, workflow_id, ordering_key ORDER BY created_at, id), true) AS ok
     FROM run WHERE ordering_key IS NOT NULL AND status = 'succeeded' AND tenant_id = ANY ($1)`,
    [tenants.map(({ tenantId }) => tenantId)],
  )
  return rows
}

test('whatever the tenants, weights, limits and keys: no limit is exceeded, order is kept, everybody comes to an end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(place, { minLength: 1, maxLength: MOST }),
      fc.integer({ min: 1, max: 12 }),
      async (places, atOnce) => {
        const runs = 12
        await arrange(places, runs)
        const held: Held[] = []
        let left = runs * places.length
        // Never fewer than one in a round, or somebody starves.
        for (let round = 0; left > 0; round++) {
          expect(round).toBeLessThan(3 * runs * places.length)
          const claims = await Promise.all(
            ['one', 'two'].map((worker) => claimNext(engine, { worker, places: atOnce })),
          )
          held.push(...claims.flatMap((claim) => claim.runs))
          for (const [at, { limit }] of places.entries())
            expect(
              held.filter(({ tenantId }) => tenantId === tenants[at]?.tenantId).length,
            ).toBeLessThanOrEqual(limit)
          left -= (await endSome(held, Math.max(1, Math.ceil(held.length / 2)))).length
        }
        expect((await orderOf()).filter(({ ok }) => !ok)).toEqual([])
      },
    ),
    { numRuns: 8, endOnFailure: true },
  )
})

test('of tenants that all have more than enough, each gets what its weight says, within five in a hundred', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }),
      fc.integer({ min: 3, max: 20 }),
      async (weights, atOnce) => {
        await arrange(
          weights.map((weight) => ({ weight, limit: 1_000, keys: [null] })),
          250,
        )
        const had = new Map<string, number>()
        let begun = 0
        while (begun < 220) {
          const { runs } = await claimNext(engine, { worker: 'one', places: atOnce })
          begun += runs.length
          for (const { tenantId } of runs) had.set(tenantId, (had.get(tenantId) ?? 0) + 1)
          await endSome(runs, runs.length)
        }
        const all = weights.reduce((sum, weight) => sum + weight, 0)
        for (const [at, weight] of weights.entries()) {
          const due = (begun * weight) / all
          const got = had.get(tenants[at]?.tenantId ?? '') ?? 0
          // One run more or less is no share.
          expect(Math.abs(got - due)).toBeLessThanOrEqual(Math.max(2, due * 0.05))
        }
      },
    ),
    { numRuns: 6, endOnFailure: true },
  )
})

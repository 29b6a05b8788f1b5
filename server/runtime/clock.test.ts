import { afterEach, expect, test, vi } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, sketch, storedEvents } from './test-runtime.ts'

const HOUR_MS = 3_600_000
let runtime: Runtime | undefined
afterEach(async () => {
  vi.useRealTimers()
  await runtime?.stop()
})

test.each([HOUR_MS, -HOUR_MS])(
  'the first run that a process takes in is in the database’s time, its own clock being %d ms off',
  async (offMs) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs })
    runtime = await aRuntime({ roles: { worker: true, scheduler: false } })
    await runtime.start()
    const run = await aRun(sketch([{ key: 'one' }], ['start -> one']))
    const { runId } = await runtime.accept(run)
    await runtime.result({ tenantId: run.tenantId, runId, waitMs: 20_000 })
    const { owner } = await testDatabases()
    const { rows } = await owner.query<{ now: number }>(
      'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now',
    )
    const away = (await storedEvents({ tenantId: run.tenantId, runId })).map(({ at }) =>
      Math.abs(at - (rows[0]?.now ?? 0)),
    )
    expect(away.length).toBeGreaterThan(2)
    expect(Math.max(...away)).toBeLessThan(HOUR_MS / 2)
  },
)

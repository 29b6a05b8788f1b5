import { afterAll, expect, test } from 'vitest'
import { CodeFailure } from '#server/sandbox/failures.ts'
import { aRun, aRuntime, sketch } from './test-runtime.ts'

const lanes: string[] = []
const runtime = await aRuntime({
  sandbox: {
    run: async ({ lane }) => {
      lanes.push(lane)
      throw new CodeFailure('code_error', 'Order 3 has no total', ['Reading order 3', 'Its total is missing'])
    },
  },
})
await runtime.start()
afterAll(() => runtime.stop())

test('what code logged before it failed is in the history, and it waited in its tenant’s lane', async () => {
  const run = await aRun(sketch([{ key: 'sum', type: 'code.run' }], ['start -> sum']))
  const { runId } = await runtime.accept(run)
  const said: unknown[] = []
  const signal = AbortSignal.timeout(15_000)
  for await (const { event } of runtime.watch({ tenantId: run.tenantId, runId, after: 0, signal })) {
    if (event.type === 'step.logged') said.push(event.message)
    if (event.type === 'step.failed') said.push(event.failure.message)
  }
  expect(said).toEqual(['Reading order 3', 'Its total is missing', 'Order 3 has no total'])
  expect(lanes).toEqual([run.tenantId])
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { silent } from './log.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, newLedger, scriptedNodes, sketch, storedEvents } from './test-runtime.ts'

const ledger = newLedger()
const scripts: Parameters<typeof scriptedNodes>[1] = new Map()
const logged: string[] = []
let runtime: Runtime
beforeAll(async () => {
  const log = { ...silent, error: (_: object, text: string) => void logged.push(text) }
  runtime = await aRuntime({ find: scriptedNodes(ledger, scripts), log })
  await runtime.start()
})
afterAll(() => runtime.stop())

test('a run of which something cannot be stored ends, instead of being tried for ever', async () => {
  const { owner } = await testDatabases()
  await owner.query(`ALTER TABLE task ADD CONSTRAINT "refused" CHECK (title <> 'refused')`)
  scripts.set('ask', (ctx) =>
    ctx.ask({ name: 'one', kind: 'approval', title: 'refused', role: 'editor', request: {} }),
  )
  const run = await aRun(
    sketch([{ key: 'ask', type: 'test.script', params: { script: 'ask' } }], ['start -> ask']),
  )
  const ref = { tenantId: run.tenantId, runId: (await runtime.accept(run)).runId }
  expect(await runtime.result({ ...ref, waitMs: 20_000 })).toMatchObject({
    status: 'failed',
    failure: { code: 'not_storable' },
  })
  expect((await storedEvents(ref)).at(-1)?.event.type).toBe('run.finished')
  expect(logged).toEqual(['What happened in a run could not be stored'])
})

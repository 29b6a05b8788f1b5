import { afterEach, beforeEach, expect, test } from 'vitest'
import { fail } from '#nodes/kit/failure.ts'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { forgetLimits } from './limits.ts'
import type { RunRef } from './new-run.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, newLedger, scriptedNodes, sketch } from './test-runtime.ts'

// Workflows that call workflows, frames that go round.

const waitMs = 20_000
const soon = { timeout: 10_000 }
let ledger = newLedger()
let scripts: Parameters<typeof scriptedNodes>[1] = new Map()
let runtime: Runtime
beforeEach(async () => {
  ledger = newLedger()
  scripts = new Map()
  runtime = await aRuntime({ find: scriptedNodes(ledger, scripts) })
  await runtime.start()
})
afterEach(() => runtime.stop())

const script = (key: string, more: object = {}) => ({
  key,
  type: 'test.script',
  params: { script: key },
  ...more,
})
const called = { key: 'called', type: 'trigger.called' }

/** A tenant with a workflow that may be called, and a run of another one that calls it. */
async function calling(body: object[], wires: string[], params: object = {}, given?: { id: string }) {
  const tenant = given ?? (await aTenant()).tenant
  const callee = await aWorkflow({
    tenantId: tenant.id,
    publish: true,
    document: sketch([called, ...(body as { key: string }[])], wires),
  })
  const call = { key: 'call', type: 'flow.call', params: { workflow: callee.id, input: { n: 1 }, ...params } }
  const run = await aRun(sketch([call], ['start -> call']), { tenantId: tenant.id })
  return {
    tenantId: tenant.id,
    runId: (await runtime.accept(run)).runId,
    workflowId: run.workflowId,
    calleeId: callee.id,
  }
}
async function childrenOf({ runId }: RunRef) {
  const { owner } = await testDatabases()
  const { rows } = await owner.query(
    'SELECT id, status, depth, started_by FROM run WHERE parent_run_id = $1',
    [runId],
  )
  return rows
}

test('a workflow calls another and gets what comes out of it', async () => {
  const run = await calling(
    [{ key: 'twice', params: { value: { expr: 'trigger.n * 2' } } }],
    ['called -> twice'],
  )
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({
    status: 'succeeded',
    output: { output: 2 },
  })
  expect(await childrenOf(run)).toMatchObject([{ status: 'succeeded', depth: 1, started_by: 'call' }])
})

test('it need not wait', async () => {
  const run = await calling([{ key: 'one', params: { value: 1 } }], ['called -> one'], { wait: false })
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({
    status: 'succeeded',
    output: { output: null },
  })
  await expect.poll(() => childrenOf(run), soon).toMatchObject([{ status: 'succeeded' }])
})

test('calls that nobody waits for count as started runs, so that they cannot multiply without bound', async () => {
  const { tenant } = await aTenant()
  const { owner, engine } = await testDatabases()
  await owner.query('INSERT INTO tenant_limit (tenant_id, runs_per_minute) VALUES ($1, 1)', [tenant.id])
  forgetLimits(engine)
  const run = await calling([], [], { wait: false }, tenant)
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({
    status: 'failed',
    failure: { code: 'limit_reached', step: 'call' },
  })
  expect(await childrenOf(run)).toEqual([])
})

test('the failure of one called is a failure of the step', async () => {
  scripts.set('bad', () => {
    throw fail('broken', 'It is broken')
  })
  const run = await calling([script('bad')], ['called -> bad'])
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({
    status: 'failed',
    failure: { code: 'called_failed', message: expect.stringContaining('It is broken'), step: 'call' },
  })
})

test('a call that the called workflow’s settings refuse fails its step, and is not tried for ever', async () => {
  const { tenant } = await aTenant()
  const drawn = sketch([called, { key: 'a' }], ['called -> a'])
  const { id } = await aWorkflow({
    tenantId: tenant.id,
    publish: true,
    document: { ...drawn, settings: { orderingKey: { expr: 'trigger.customer.id' } } },
  })
  const call = { key: 'call', type: 'flow.call', params: { workflow: id, input: { n: 1 } } }
  const run = await aRun(sketch([call], ['start -> call']), { tenantId: tenant.id })
  const { runId } = await runtime.accept(run)
  expect(await runtime.result({ tenantId: tenant.id, runId, waitMs })).toMatchObject({
    status: 'failed',
    failure: { message: expect.stringContaining('ordering key') },
  })
})

test('a cancel reaches what was called', async () => {
  scripts.set('hang', () => new Promise(() => {}))
  const run = await calling([script('hang')], ['called -> hang'])
  await expect.poll(() => childrenOf(run), soon).toMatchObject([{ status: 'running' }])
  await runtime.cancel({ ...run, reason: 'Enough' })
  expect(await runtime.result({ ...run, waitMs })).toEqual({ status: 'cancelled' })
  await expect.poll(() => childrenOf(run), soon).toMatchObject([{ status: 'cancelled' }])
})

test('a workflow that is not published, has no such trigger or is another tenant’s is not called', async () => {
  const { tenant } = await aTenant()
  const other = await aTenant()
  const outcomeOf = async (workflow: string) => {
    const call = { key: 'call', type: 'flow.call', params: { workflow } }
    const run = await aRun(sketch([call], ['start -> call']), { tenantId: tenant.id })
    const { runId } = await runtime.accept(run)
    return runtime.result({ tenantId: tenant.id, runId, waitMs })
  }
  const document = sketch([called], [])
  const draft = await aWorkflow({ tenantId: tenant.id, document })
  const plain = await aWorkflow({ tenantId: tenant.id, document: sketch([], []), publish: true })
  const theirs = await aWorkflow({ tenantId: other.tenant.id, document, publish: true })
  const code = (name: string) => ({ status: 'failed', failure: { code: name } })
  expect(await outcomeOf(draft.id)).toMatchObject(code('workflow_not_published'))
  expect(await outcomeOf(plain.id)).toMatchObject(code('workflow_not_callable'))
  expect(await outcomeOf(theirs.id)).toMatchObject(code('workflow_missing'))
})

test('workflows that call each other end at ten levels', async () => {
  const { tenant } = await aTenant()
  const callee = await aWorkflow({ tenantId: tenant.id, document: sketch([called], []), publish: true })
  const call = { key: 'call', type: 'flow.call', params: { workflow: callee.id } }
  const outcomeAt = async (depth: number) => {
    const parent = { runId: callee.id, depth }
    const run = await aRun(sketch([call], ['start -> call']), { tenantId: tenant.id, parent })
    const { runId } = await runtime.accept(run)
    return runtime.result({ tenantId: tenant.id, runId, waitMs })
  }
  expect(await outcomeAt(9)).toMatchObject({ status: 'succeeded' })
  expect(await outcomeAt(10)).toMatchObject({ failure: { code: 'called_too_deep' } })
})

test('a frame goes round until something is so', async () => {
  const repeat = {
    key: 'again',
    type: 'flow.repeat',
    params: { until: { expr: 'item >= 3 && steps.up == item' }, most: 10 },
  }
  const up = { key: 'up', parent: 'again', params: { value: { expr: '(item ?? 0) + 1' } } }
  const run = await aRun(sketch([repeat, up], ['start -> again']))
  const { runId } = await runtime.accept(run)
  expect(await runtime.result({ tenantId: run.tenantId, runId, waitMs })).toEqual({
    status: 'succeeded',
    output: { output: 3, rounds: 3, met: true },
  })
})

test('a frame goes round no more often than it may', async () => {
  const repeat = { key: 'again', type: 'flow.repeat', params: { until: { expr: 'index == 99' }, most: 4 } }
  const up = { key: 'up', parent: 'again', params: { value: { expr: 'index' } } }
  const run = await aRun(sketch([repeat, up], ['start -> again']))
  const { runId } = await runtime.accept(run)
  expect(await runtime.result({ tenantId: run.tenantId, runId, waitMs })).toEqual({
    status: 'succeeded',
    output: { output: 3, rounds: 4, met: false },
  })
})

test('a condition that cannot be computed fails the frame, by its field', async () => {
  const repeat = {
    key: 'again',
    type: 'flow.repeat',
    params: { until: { expr: 'item.nothing.here' }, most: 4 },
  }
  const up = { key: 'up', parent: 'again', params: { value: 1 } }
  const run = await aRun(sketch([repeat, up], ['start -> again']))
  const { runId } = await runtime.accept(run)
  expect(await runtime.result({ tenantId: run.tenantId, runId, waitMs })).toMatchObject({
    status: 'failed',
    failure: { step: 'again', message: expect.stringContaining('until') },
  })
})

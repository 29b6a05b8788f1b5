import { beforeAll, describe, expect, test } from 'vitest'
import { fail } from '#nodes/kit/failure.ts'
import { scopeFor } from '#server/api/context.ts'
import { refusalOf } from '#server/api/test-app.ts'
import { relatedRuns } from '#server/runs/related.ts'
import { readSteps } from '#server/runs/steps.ts'
import type { NewRun } from '#server/runtime/new-run.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { aRun, aRuntime, newLedger, sketch, storedEvents, testNodes } from '#server/runtime/test-runtime.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, type TestMember } from '#server/test/factories.ts'
import { compareRuns } from './compare-runs.ts'
import { previewReplay, replayRun } from './replay-run.ts'

const ledger = newLedger()
let runtime: Runtime
let owner: TestMember
let scope: TenantScope
beforeAll(async () => {
  const databases = await testDatabases()
  runtime = await aRuntime({ find: testNodes(ledger) })
  await runtime.start()
  owner = await aTenant()
  scope = scopeFor({ databases }, { tenant: owner.tenant, actor: owner.user.id })
  return () => runtime.stop()
})

const waitMs = 20_000
const same = { version: 'same', outputs: {}, startedBy: 'manual' } as const
const resultOf = (runId: string) => runtime.result({ tenantId: owner.tenant.id, runId, waitMs })
const eventsOf = async (runId: string) =>
  (await storedEvents({ tenantId: owner.tenant.id, runId })).map(({ event }) => event)

/** The value the step `reserve` is called with, so that each test counts its own calls. */
async function failedOrder(name: string, about: Partial<NewRun> = {}) {
  ledger.acts.set(`${name} pay`, () => {
    throw fail('card_refused', 'The card was refused')
  })
  const document = sketch(
    [
      { key: 'reserve', type: 'test.idempotent', params: { value: `${name} reserve` } },
      { key: 'price', params: { value: { expr: `input + ' for ' + trigger.who` } } },
      {
        ...{
          key: 'pay',
          type: 'test.once',
          params: { value: { expr: `input === 'free' ? 1 : '${name} pay'` } },
        },
        reliability: { attempts: 1 },
      },
      { key: 'tell', params: { value: { expr: `[steps.reserve, steps.price, input, trigger.who]` } } },
    ],
    ['start -> reserve', 'reserve -> price', 'price -> pay', 'pay -> tell'],
  )
  const run = await aRun(document, { tenantId: owner.tenant.id, input: { who: 'Ada' }, ...about })
  const { runId } = await runtime.accept(run)
  expect(await resultOf(runId)).toMatchObject({ status: 'failed' })
  const callsOf = (what: string) => ledger.calls.filter(({ value }) => value === `${name} ${what}`)
  return { id: runId, run, document, callsOf }
}

describe('a replay', () => {
  test('goes on from a step with an output that was edited, and repeats no effect before it', async () => {
    const { id, callsOf } = await failedOrder('edited')
    const { runId } = await replayRun(
      { scope, runtime },
      { ...same, id, from: 'pay', outputs: { price: 'free' } },
    )
    expect(await resultOf(runId)).toEqual({
      status: 'succeeded',
      output: ['edited reserve', 'free', 1, 'Ada'],
    })
    expect(callsOf('reserve')).toHaveLength(1)
    const [started, ...seeded] = (await eventsOf(runId)).slice(0, 3)
    expect(started).toMatchObject({ type: 'run.started', output: { who: 'Ada' } })
    expect(seeded).toEqual([
      {
        ...{ type: 'step.finished', step: 'reserve', attempt: 1, port: 'out', output: 'edited reserve' },
        reused: true,
      },
      {
        ...{ type: 'step.finished', step: 'price', attempt: 1, port: 'out', output: 'free' },
        ...{ reused: true, edited: true },
      },
    ])
    expect(await relatedRuns(scope, { id: runId })).toMatchObject({ parent: null, replayed: { id } })
    expect(await relatedRuns(scope, { id })).toMatchObject({ children: [], replays: [{ id: runId }] })
  })

  test('has keys of its own for what it runs', async () => {
    const { id, callsOf } = await failedOrder('keys')
    const { runId } = await replayRun({ scope, runtime }, { ...same, id, from: 'reserve' })
    await resultOf(runId)
    expect(new Set(callsOf('reserve').map(({ key }) => key)).size).toBe(2)
  })

  test('of a replay takes over what that one had taken over', async () => {
    const { id, callsOf } = await failedOrder('twice')
    const first = await replayRun({ scope, runtime }, { ...same, id, from: 'pay' })
    expect(await resultOf(first.runId)).toMatchObject({ status: 'failed' })
    const second = await replayRun(
      { scope, runtime },
      { ...same, id: first.runId, from: 'tell', outputs: { pay: 5, start: { who: 'Bob' } } },
    )
    expect(await resultOf(second.runId)).toEqual({
      status: 'succeeded',
      output: ['twice reserve', 'twice reserve for Ada', 5, 'Bob'],
    })
    expect(callsOf('reserve')).toHaveLength(1)
  })

  test('walks the newest version when asked to, and says which versions there are', async () => {
    const { id, run, document } = await failedOrder('newest')
    expect(await previewReplay(scope, { ...same, id, from: 'pay' })).toMatchObject({
      ...{ version: 1, choices: { same: 1, newest: null }, problems: [] },
    })
    const fixed = {
      ...document,
      nodes: document.nodes.map((node) => (node.key === 'pay' ? { ...node, params: { value: 7 } } : node)),
    }
    await publishAs(run.workflowId, { number: 2, document: fixed })
    expect(await previewReplay(scope, { ...same, id, from: 'pay', version: 'newest' })).toEqual({
      ...{ from: 'pay', inside: false, version: 2, choices: { same: 1, newest: { version: 2 } } },
      taken: [
        { step: 'reserve', failed: false, edited: false },
        { step: 'price', failed: false, edited: false },
      ],
      ...{ runs: ['pay', 'tell'], undone: [], givable: [], problems: [] },
    })
    const { runId } = await replayRun({ scope, runtime }, { ...same, id, from: 'pay', version: 'newest' })
    expect(await resultOf(runId)).toMatchObject({
      status: 'succeeded',
      output: [expect.any(String), expect.any(String), 7, 'Ada'],
    })
  })

  test('runs again what was undone, and undoes only what it did itself', async () => {
    const refuse = () =>
      ledger.acts.set('undone pay', () => {
        throw fail('card_refused', 'The card was refused')
      })
    const document = sketch(
      [
        { key: 'book', type: 'test.idempotent', params: { value: 'undone book' } },
        { key: 'back', type: 'test.idempotent', params: { value: 'undone back' } },
        { key: 'hold', type: 'test.idempotent', params: { value: 'undone hold' } },
        { key: 'pay', params: { value: 'undone pay' }, reliability: { attempts: 1 } },
      ],
      ['start -> book', 'book:undo -> back', 'start -> hold', 'book -> pay', 'hold -> pay'],
    )
    const calls = () =>
      ['book', 'back', 'hold'].map(
        (key) => ledger.calls.filter(({ value }) => value === `undone ${key}`).length,
      )
    const replayed = async (id: string) => {
      const { runId } = await replayRun({ scope, runtime }, { ...same, id, from: 'pay' })
      return { runId, status: (await resultOf(runId))?.status, calls: calls() }
    }
    refuse()
    const { runId: id } = await runtime.accept(await aRun(document, { tenantId: owner.tenant.id }))
    await resultOf(id)
    expect(calls()).toEqual([1, 1, 1])
    expect(await previewReplay(scope, { ...same, id, from: 'pay' })).toMatchObject({
      ...{ taken: [{ step: 'hold' }], undone: ['book'], runs: ['book', 'pay'] },
    })
    expect(await replayed(id)).toMatchObject({ status: 'failed', calls: [2, 2, 1] })
    ledger.acts.delete('undone pay')
    const whole = await replayed(id)
    expect(whole).toMatchObject({ status: 'succeeded', calls: [3, 2, 1] })
    // Its booking stands: a replay of it that fails has taken that over, and leaves it alone.
    refuse()
    expect(await replayed(whole.runId)).toMatchObject({ status: 'failed', calls: [3, 2, 1] })
  })

  test('of a draft’s run walks the draft it had, or the draft as it is now', async () => {
    const { run, document } = await failedOrder('draft')
    const draft = { ...run, version: null, document }
    const { runId: id } = await runtime.accept(draft)
    await resultOf(id)
    expect(await previewReplay(scope, { ...same, id, from: 'pay' })).toMatchObject({
      ...{ version: null, choices: { same: null, newest: null } },
    })
    const { runId } = await replayRun({ scope, runtime }, { ...same, id, from: 'tell', outputs: { pay: 2 } })
    expect(await resultOf(runId)).toMatchObject({ status: 'succeeded' })
  })

  test('is refused for a run that goes on, a step that is not there, and outputs that cannot be', async () => {
    const document = sketch(
      [{ key: 'rest', type: 'flow.wait', params: { wait: { kind: 'for', amount: 1, unit: 'hours' } } }],
      ['start -> rest'],
    )
    const { runId: id } = await runtime.accept(await aRun(document, { tenantId: owner.tenant.id }))
    expect(await refusalOf(replayRun({ scope, runtime }, { ...same, id, from: 'rest' }))).toMatchObject({
      ...{ code: 'conflict', message: 'This run has not ended yet' },
    })
    await runtime.cancel({ tenantId: owner.tenant.id, runId: id, reason: 'Enough' })
    const failed = await failedOrder('refused')
    const refusal = (about: object) =>
      refusalOf(replayRun({ scope, runtime }, { ...same, id: failed.id, from: 'pay', ...about }))
    expect(await refusal({ from: 'nowhere' })).toMatchObject({
      code: 'invalid',
      issues: [{ path: 'nowhere' }],
    })
    expect(await refusal({ outputs: { tell: 1 } })).toMatchObject({
      ...{ code: 'invalid', message: 'The step tell did not run, so there is no output to change' },
    })
    expect(await refusal({ outputs: { price: 'x'.repeat(5_000_000) } })).toMatchObject({
      message: 'The output given for price is larger than 4 MB, or nested too deep',
    })
  })
})

test('comparing a run with its replay says what changed, step by step', async () => {
  const { id } = await failedOrder('compared')
  const { runId } = await replayRun(
    { scope, runtime },
    { ...same, id, from: 'pay', outputs: { price: 'free' } },
  )
  await resultOf(runId)
  const { steps, left, right, output, more } = await compareRuns(scope, { left: id, right: runId })
  expect([left.status, right.status, right.replayOf]).toEqual(['failed', 'succeeded', id])
  expect(more).toBe(false)
  expect(steps.map(({ step, verdict }) => `${step} ${verdict}`)).toEqual([
    ...['start same', 'reserve same', 'price changed', 'pay changed', 'tell only_right'],
  ])
  expect(steps[2]).toMatchObject({
    right: { status: 'succeeded', reused: true },
    differences: [{ path: [], left: { text: '"compared reserve for Ada"' }, right: { text: '"free"' } }],
  })
  expect(steps[3]).toMatchObject({ left: { status: 'failed' }, right: { status: 'succeeded' } })
  expect(output.differences).toHaveLength(1)
  expect((await readSteps(scope, { id: runId })).items[0]).toMatchObject({ step: 'reserve', reused: true })
  const other = await failedOrder('other')
  expect(await refusalOf(compareRuns(scope, { left: id, right: other.id }))).toMatchObject({
    code: 'invalid',
  })
})

async function publishAs(workflowId: string, version: { number: number; document: object }) {
  const { owner: db } = await testDatabases()
  const { number, document } = version
  await db.query(
    `INSERT INTO workflow_version (tenant_id, workflow_id, number, document) VALUES ($1, $2, $3, $4)`,
    [owner.tenant.id, workflowId, number, JSON.stringify(document)],
  )
  await db.query('UPDATE workflow SET published_version = $3 WHERE tenant_id = $1 AND id = $2', [
    ...[owner.tenant.id, workflowId, number],
  ])
}

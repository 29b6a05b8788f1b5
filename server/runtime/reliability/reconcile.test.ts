import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findDefinition } from '#nodes/catalog.ts'
import type { Reconciled } from '#nodes/kit/define-node.ts'
import { defineNode, fail, Json, z } from '#nodes/kit/index.ts'
import { testDatabases } from '../../test/databases.ts'
import type { NewRun, RunRef } from '../new-run.ts'
import type { Runtime } from '../runtime.ts'
import { aRun, aRuntime, sketch, storedEvents } from '../test-runtime.ts'

const soon = { timeout: 15_000 }
/** What the other side was asked, and what it says. */
let asked: { key: string; value: Json }[] = []
let says: Reconciled<Json> = null
let did: string[] = []
let act: (attempt: number) => Json | Promise<Json>
const hang = () => new Promise<never>(() => {})

const define = (effect: 'once' | 'idempotent') =>
  defineNode({
    id: `test.asks_${effect}`,
    version: 1,
    title: 'Test',
    summary: 'Can be asked whether it happened.',
    group: 'app',
    icon: 'flask-conical',
    effect,
    retry: { attempts: 2, delayMs: 1 },
    params: z.object({ value: Json }),
    output: Json,
    run({ idempotencyKey }) {
      did.push(idempotencyKey)
      return act(did.length)
    },
    async reconcile({ params, idempotencyKey: key }) {
      asked.push({ key, value: params.value })
      return says
    },
    examples: [{ title: 'One', params: { value: 1 }, output: 1 }],
  })
const own = [define('once'), define('idempotent')]

let runtime: Runtime
beforeAll(async () => {
  const find = (type: string, version: number) =>
    own.find(({ id }) => id === type) ?? findDefinition(type, version)
  runtime = await aRuntime({ find })
  await runtime.start()
})
afterAll(() => runtime.stop())
beforeEach(() => {
  asked = []
  did = []
  says = null
})

async function start(effect: 'once' | 'idempotent', reliability: object = {}): Promise<RunRef> {
  const it = { key: 'it', type: `test.asks_${effect}`, params: { value: { expr: 'trigger' } }, reliability }
  const run: NewRun = await aRun(sketch([it], ['start -> it']), { input: 7 })
  return { tenantId: run.tenantId, runId: (await runtime.accept(run)).runId }
}
/** Read until it is there: whoever held the run before it was taken over does not tell. */
async function resultOf(run: RunRef) {
  await expect.poll(async () => await runtime.result({ ...run, waitMs: 0 }), soon).not.toBeNull()
  return runtime.result({ ...run, waitMs: 0 })
}
/** As if the worker that holds it had died a while ago. */
async function kill({ runId }: RunRef) {
  const { owner } = await testDatabases()
  await owner.query(
    `UPDATE run SET lease_owner = 'dead', lease_until = now() - interval '1 ms' WHERE id = $1`,
    [runId],
  )
}
/** What it asks about the step that did not end well. */
async function attentionOf(run: RunRef) {
  const events = (await storedEvents(run)).map(({ event }) => event)
  return events.flatMap((event) => (event.type === 'step.suspended' ? [event.attention?.failure.code] : []))
}
async function takenOver(effect: 'once' | 'idempotent') {
  act = (attempt) => (attempt === 1 ? hang() : `done ${attempt}`)
  const run = await start(effect)
  await expect.poll(() => did.length, soon).toBe(1)
  await kill(run)
  return run
}

test('after its worker died, a step that had happened ends with what the other side tells, and is not repeated', async () => {
  says = { happened: true, output: { id: 'x' } }
  const run = await takenOver('once')
  expect(await resultOf(run)).toEqual({ status: 'succeeded', output: { id: 'x' } })
  expect(did).toHaveLength(1)
  expect(asked).toEqual([{ key: did[0], value: 7 }])
})

test('one that had not happened runs, with its own key', async () => {
  says = { happened: false }
  const run = await takenOver('once')
  expect(await resultOf(run)).toEqual({ status: 'succeeded', output: 'done 2' })
  expect(new Set(did).size).toBe(1)
})

test('where the other side cannot say, somebody is asked', async () => {
  const run = await takenOver('once')
  await expect.poll(() => attentionOf(run), soon).toEqual(['outcome_unknown'])
  expect(did).toHaveLength(1)
  await runtime.cancel({ ...run, reason: 'Enough' })
})

test('a step whose key makes repeating safe is repeated, without asking', async () => {
  says = { happened: false }
  expect(await resultOf(await takenOver('idempotent'))).toEqual({ status: 'succeeded', output: 'done 2' })
  // One that hung in a test before asks when its time is up.
  expect(asked.filter(({ key }) => did.includes(key))).toEqual([])
})

test('after a time-out it is asked at once', async () => {
  act = hang
  says = { happened: true, output: 'late' }
  const run = await start('once', { timeoutMs: 300 })
  expect(await resultOf(run)).toEqual({ status: 'succeeded', output: 'late' })
  expect(did).toHaveLength(1)
})

test('what did not happen is tried again after a time-out', async () => {
  act = (attempt) => (attempt === 1 ? hang() : 'then')
  says = { happened: false }
  expect(await resultOf(await start('once', { timeoutMs: 300 }))).toEqual({
    status: 'succeeded',
    output: 'then',
  })
})

test('the last attempt without an answer may have happened after all', async () => {
  act = () => {
    throw fail('network', 'Reset', { retryable: true })
  }
  says = { happened: true, output: 'paid' }
  expect(await resultOf(await start('idempotent'))).toEqual({ status: 'succeeded', output: 'paid' })
  expect(did).toHaveLength(2)
  expect(asked).toHaveLength(1)
  says = { happened: false }
  expect(await resultOf(await start('idempotent'))).toMatchObject({
    status: 'failed',
    failure: { code: 'network' },
  })
})

test('a failure that says what happened asks nobody', async () => {
  act = () => {
    throw fail('card_declined', 'No money')
  }
  expect(await resultOf(await start('once'))).toMatchObject({ failure: { code: 'card_declined' } })
  expect(asked).toEqual([])
})

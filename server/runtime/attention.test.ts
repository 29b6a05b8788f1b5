import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import { testDatabases } from '../test/databases.ts'
import type { RunRef } from './new-run.ts'
import type { Resolution } from './resolution.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, newLedger, scriptedNodes, sketch, storedEvents } from './test-runtime.ts'

// Steps that did not end well: they ask what is to become of them, and their runs wait without a worker.

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

const attention = { onFailure: 'attention' as const }
const send = (more: object = {}) => ({
  ...{ key: 'send', params: { value: 'send' }, reliability: { ...attention, attempts: 2, delayMs: 1 } },
  ...more,
})
const after = { key: 'after', params: { value: { expr: 'input' } } }
const alone = (more: object = {}) => sketch([send(more), after], ['start -> send', 'send -> after'])

async function start(document = alone()): Promise<RunRef> {
  const run = await aRun(document)
  return { tenantId: run.tenantId, runId: (await runtime.accept(run)).runId }
}
async function rowsOf({ runId }: RunRef, sql: string) {
  const { owner } = await testDatabases()
  return (await owner.query(sql, [runId])).rows
}
const tasksOf = (run: RunRef) =>
  rowsOf(run, `SELECT * FROM task WHERE run_id = $1 AND kind = 'attention' ORDER BY created_at, step, name`)
const statusOf = async (run: RunRef) => (await rowsOf(run, 'SELECT status FROM run WHERE id = $1'))[0]?.status
const openOf = async (run: RunRef) => (await tasksOf(run)).filter(({ status }) => status === 'open')
/** Once its run waits for it. */
async function openTask(run: RunRef, step = 'send') {
  await expect.poll(async () => (await openOf(run)).some((task) => task.step === step), soon).toBe(true)
  await expect.poll(() => statusOf(run), soon).toBe('waiting')
  return (await openOf(run)).find((task) => task.step === step)
}
const decide = async (run: RunRef, answer: Resolution, step = 'send') =>
  runtime.answer({ tenantId: run.tenantId, taskId: (await openTask(run, step)).id, answer, by: 'ada' })
const ends = (run: RunRef) => runtime.result({ ...run, waitMs })
const eventsOf = async (run: RunRef) => (await storedEvents(run)).map(({ event }) => event)

/** What `send` calls is away until it is mended. */
function aService() {
  let isDown = true
  ledger.acts.set('send', () => {
    if (isDown) throw fail('unreachable', 'It is down', { retryable: true })
    return 'sent'
  })
  return {
    mend() {
      isDown = false
    },
  }
}

describe('a step that is out of retries', () => {
  test('asks, holds no worker, and goes on when what it needs is back, with its key', async () => {
    const service = aService()
    const run = await start()
    const task = await openTask(run)
    expect(task).toMatchObject({ step: 'send', name: 'attention[2]', why: 'exhausted', role: 'editor' })
    expect(task.request).toMatchObject({
      ...{ why: 'exhausted', code: 'unreachable', message: 'It is down', attempts: 2, effect: 'none' },
      ...{ node: { key: 'send', type: 'test.none' }, params: { value: 'send' }, ports: ['out'], missing: [] },
    })
    expect(await rowsOf(run, 'SELECT lease_owner, wake_at FROM run WHERE id = $1')).toEqual([
      { lease_owner: null, wake_at: null },
    ])
    service.mend()
    expect(await decide(run, { how: 'retry' })).toBe('answered')
    expect(await ends(run)).toEqual({ status: 'succeeded', output: 'sent' })
    const calls = ledger.calls.filter(({ value }) => value === 'send')
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map(({ key }) => key)).size).toBe(1)
    const story = (await eventsOf(run)).flatMap((event) =>
      'step' in event && event.step === 'send' && 'attempt' in event
        ? [`${event.type}#${event.attempt}`]
        : [],
    )
    expect(story).toEqual([
      ...['step.started#1', 'step.failed#1', 'step.started#2', 'step.suspended#2'],
      ...['substep.finished#2', 'step.started#3', 'step.finished#3'],
    ])
  })

  test('has all its retries anew, and comes back when they do not help', async () => {
    aService()
    const run = await start()
    await decide(run, { how: 'retry' })
    await expect.poll(async () => (await openOf(run)).map(({ name }) => name), soon).toEqual(['attention[4]'])
    expect(ledger.calls).toHaveLength(4)
  })

  test('fails at once where nobody asked for more', async () => {
    aService()
    const run = await start(alone({ reliability: { attempts: 2, delayMs: 1 } }))
    expect(await ends(run)).toMatchObject({
      status: 'failed',
      failure: { code: 'unreachable', step: 'send' },
    })
    expect(await tasksOf(run)).toEqual([])
  })

  test('asks where the workflow says so for all of its nodes, but those whose failure is drawn', async () => {
    aService()
    const plain = { attempts: 1 }
    const document = { ...alone({ reliability: plain }), settings: attention }
    await openTask(await start(document))
    const drawn = sketch([send({ reliability: plain }), after], ['start -> send', 'send:error -> after'])
    expect(await ends(await start({ ...drawn, settings: attention }))).toMatchObject({ status: 'succeeded' })
    const inTry = sketch(
      [
        { key: 'try', type: 'flow.try' },
        send({ parent: 'try', reliability: plain }),
        { key: 'mend', parent: 'try', params: { value: 'mended' } },
      ],
      ['start -> try', 'try:catch -> mend'],
    )
    expect(await ends(await start({ ...inTry, settings: attention }))).toEqual({
      status: 'succeeded',
      output: 'mended',
    })
    const not = { ...alone({ reliability: { ...plain, onFailure: 'fail' } }), settings: attention }
    expect(await ends(await start(not))).toMatchObject({ status: 'failed' })
  })
})

describe('with other parameters', () => {
  const bad = { params: { value: { expr: '"no" + "thing"' } } }
  beforeEach(() => {
    ledger.acts.set('nothing', () => {
      throw fail('not_found', 'There is no such thing')
    })
  })

  test('it runs with those; the history says whose they are', async () => {
    const run = await start(alone(bad))
    expect((await openTask(run)).request).toMatchObject({ params: { value: 'nothing' } })
    await decide(run, { how: 'retry', params: { value: { expr: 'is data' } } })
    expect(await ends(run)).toEqual({ status: 'succeeded', output: { expr: 'is data' } })
    expect(await eventsOf(run)).toContainEqual(
      expect.objectContaining({
        type: 'substep.finished',
        name: 'attention[1]',
        output: expect.objectContaining({
          by: 'ada',
          value: { how: 'retry', params: { value: { expr: 'is data' } } },
        }),
      }),
    )
  })

  test('what was changed stays changed when it comes back and is tried again as it is', async () => {
    let isDown = true
    ledger.acts.set('other', () => {
      if (isDown) throw fail('unreachable', 'It is down')
      return 'sent'
    })
    const run = await start(alone(bad))
    await decide(run, { how: 'retry', params: { value: 'other' } })
    await expect.poll(async () => (await openOf(run))[0]?.request.params, soon).toEqual({ value: 'other' })
    isDown = false
    await decide(run, { how: 'retry' })
    expect(await ends(run)).toEqual({ status: 'succeeded', output: 'sent' })
  })

  test('taken away, it is as if it had never been set', async () => {
    const run = await start(alone(bad))
    await decide(run, { how: 'retry', unset: ['value'] })
    expect(await ends(run)).toEqual({ status: 'succeeded', output: null })
  })

  test('an expression that finds nothing can be replaced by what it should have found', async () => {
    const run = await start(alone({ params: { value: { expr: 'trigger.nobody.name' } } }))
    expect((await openTask(run)).request).toMatchObject({ params: { value: null }, missing: ['value'] })
    await decide(run, { how: 'retry', params: { value: 'Ada' } })
    expect(await ends(run)).toEqual({ status: 'succeeded', output: 'Ada' })
  })

  test('those that do not fit cost no run: it comes back', async () => {
    const run = await start(
      sketch(
        [{ key: 'send', type: 'data.set', params: { fields: { expr: '1' } }, reliability: attention }],
        ['start -> send'],
      ),
    )
    await decide(run, { how: 'retry', params: { fields: 'nonsense' } })
    await expect
      .poll(async () => (await openOf(run)).map(({ name, request }) => [name, request.code]), soon)
      .toEqual([['attention[2]', 'invalid_params']])
  })
})

test('skipped, it counts as done with what was given', async () => {
  aService()
  const run = await start()
  await decide(run, { how: 'skip', output: { by: 'hand' } })
  expect(await ends(run)).toEqual({ status: 'succeeded', output: { by: 'hand' } })
})

test('skipped by one of its ways, only that way goes on', async () => {
  const yes = { key: 'yes', params: { value: 'yes' } }
  const no = { key: 'no', params: { value: 'no' } }
  const when = { conditions: { expr: 'trigger.nobody.here' } }
  const run = await start(
    sketch(
      [{ key: 'send', type: 'flow.if', params: when, reliability: attention }, yes, no],
      ['start -> send', 'send:yes -> yes', 'send:no -> no'],
    ),
  )
  expect((await openTask(run)).request.ports).toEqual(['yes', 'no'])
  await decide(run, { how: 'skip', output: null, port: 'no' })
  expect(await ends(run)).toEqual({ status: 'succeeded', output: 'no' })
})

test('given up, it has failed for good: its error port is followed, or its run fails with what it was', async () => {
  aService()
  const run = await start()
  await decide(run, { how: 'fail' })
  expect(await ends(run)).toMatchObject({ status: 'failed', failure: { code: 'unreachable', step: 'send' } })
  const caught = await start(sketch([send(), after], ['start -> send', 'send:error -> after']))
  await decide(caught, { how: 'fail' })
  expect(await ends(caught)).toMatchObject({ status: 'succeeded' })
})

test('the elements of a list ask one by one, and the others go on', async () => {
  ledger.acts.set('odd', () => {
    throw fail('unreachable', 'It is down')
  })
  const repeat = { list: { expr: '["even", "odd", "even", "odd"]' }, concurrency: 4 }
  const params = { value: { expr: 'item' } }
  const run = await start(alone({ repeat, params }))
  await openTask(run, 'send[1]')
  await openTask(run, 'send[3]')
  expect(ledger.calls).toHaveLength(4)
  await decide(run, { how: 'retry', params: { value: 'mended' } }, 'send[1]')
  await decide(run, { how: 'skip', output: 'skipped' }, 'send[3]')
  expect(await ends(run)).toEqual({ status: 'succeeded', output: ['even', 'mended', 'even', 'skipped'] })
})

test('inside a frame it asks in its own iteration', async () => {
  const service = aService()
  const each = { key: 'each', type: 'flow.each', params: { list: [1, 2], concurrency: 1 } }
  const run = await start(sketch([each, send({ parent: 'each' })], ['start -> each']))
  await openTask(run, 'each[0].send')
  service.mend()
  await decide(run, { how: 'retry' }, 'each[0].send')
  expect(await ends(run)).toEqual({ status: 'succeeded', output: ['sent', 'sent'] })
})

test('of two who decide at once one counts', async () => {
  aService()
  const run = await start()
  const { id: taskId } = await openTask(run)
  const told = await Promise.all(
    ['ada', 'bob', 'cy'].map((by) =>
      runtime.answer({ tenantId: run.tenantId, taskId, answer: { how: 'skip', output: by }, by }),
    ),
  )
  expect([...told].sort()).toEqual(['answered', 'closed', 'closed'])
  expect(await ends(run)).toEqual({
    status: 'succeeded',
    output: ['ada', 'bob', 'cy'][told.indexOf('answered')],
  })
})

test('cancelled, the run asks nothing more', async () => {
  aService()
  const run = await start()
  const { id: taskId } = await openTask(run)
  await runtime.cancel({ ...run, reason: 'Enough' })
  expect(await ends(run)).toEqual({ status: 'cancelled' })
  expect(await tasksOf(run)).toMatchObject([{ status: 'cancelled' }])
  const answer: Json = { how: 'retry' }
  expect(await runtime.answer({ tenantId: run.tenantId, taskId, answer, by: 'ada' })).toBe('closed')
})

test('a sub-step nobody knows the outcome of is done again, under its own key, once somebody says so', async () => {
  const keys: string[] = []
  scripts.set('main', (ctx) =>
    ctx.step({ name: 'pay', kind: 'tool', title: 'Pay', effect: 'once' }, ({ idempotencyKey, signal }) => {
      keys.push(idempotencyKey)
      if (keys.length > 1) return Promise.resolve({ output: 'paid' })
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }),
  )
  const main = {
    key: 'main',
    type: 'test.script',
    params: { script: 'main' },
    reliability: { timeoutMs: 200 },
  }
  const run = await start(sketch([main], ['start -> main']))
  expect(await openTask(run, 'main')).toMatchObject({ why: 'unknown' })
  expect(keys).toHaveLength(1)
  await decide(run, { how: 'retry' }, 'main')
  expect(await ends(run)).toEqual({ status: 'succeeded', output: 'paid' })
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

test('who waits for the answer of a run that needs attention is told at once that it goes on', async () => {
  aService()
  const run = await start()
  // Longer than this test may take.
  expect(await runtime.result({ ...run, waitMs: 600_000 })).toBeNull()
  expect(await openOf(run)).toHaveLength(1)
})

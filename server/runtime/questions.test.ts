import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { Question } from '#nodes/kit/sub-step.ts'
import { isSuspended } from '#nodes/kit/suspended.ts'
import { testDatabases } from '../test/databases.ts'
import type { RunRef } from './new-run.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, newLedger, scriptedNodes, sketch } from './test-runtime.ts'

// Sub-steps are done once; what is asked is answered once; a run that waits for an answer holds no worker.

const waitMs = 20_000
const soon = { timeout: 10_000 }
let ledger = newLedger()
let scripts: Parameters<typeof scriptedNodes>[1] = new Map()
const running = new Set<Runtime>()
beforeEach(() => {
  ledger = newLedger()
  scripts = new Map()
})
afterEach(async () => {
  await Promise.all([...running].map((runtime) => runtime.stop()))
  running.clear()
})

async function begin(about: Parameters<typeof aRuntime>[0] = {}): Promise<Runtime> {
  const runtime = await aRuntime({ find: scriptedNodes(ledger, scripts), ...about })
  await runtime.start()
  running.add(runtime)
  return runtime
}
async function end(runtime: Runtime) {
  running.delete(runtime)
  await runtime.stop()
}
const script = (key: string, more: object = {}) => ({
  key,
  type: 'test.script',
  params: { script: key },
  ...more,
})
const alone = () => sketch([script('main')], ['start -> main'])
async function start(runtime: Runtime, document = alone()): Promise<RunRef> {
  const run = await aRun(document)
  return { tenantId: run.tenantId, runId: (await runtime.accept(run)).runId }
}
async function rowsOf({ runId }: RunRef, sql: string) {
  const { owner } = await testDatabases()
  const { rows } = await owner.query(sql, [runId])
  return rows
}
const statusOf = async (run: RunRef) => (await rowsOf(run, 'SELECT status FROM run WHERE id = $1'))[0]?.status
const tasksOf = (run: RunRef) =>
  rowsOf(run, 'SELECT id, name, kind, status FROM task WHERE run_id = $1 ORDER BY created_at, name')
const taskOf = async (run: RunRef, name = 'ok') => {
  await expect.poll(async () => (await tasksOf(run)).some((task) => task.name === name), soon).toBe(true)
  return String((await tasksOf(run)).find((task) => task.name === name)?.id)
}
const waits = (run: RunRef) => expect.poll(() => statusOf(run), soon).toBe('waiting')
const question = (name = 'ok', more: Partial<Question> = {}): Question => ({
  ...{ name, kind: 'approval', title: 'May I?', request: { message: 'Please' }, role: 'editor' },
  ...more,
})
const yes = { approved: true }
const byAda = { answer: yes, by: 'ada' }

/** A sub-step that counts how often it was done. */
function counting() {
  const done: string[] = []
  const step = (ctx: Means, name: string, act: () => Json | Promise<Json> = () => name) =>
    ctx.step({ name, kind: 'model', title: name }, async () => {
      done.push(name)
      return { output: await act() }
    })
  return { done, step }
}

test('a sub-step is not done again when the step is tried again', async () => {
  const { done, step } = counting()
  let attempts = 0
  scripts.set('main', async (ctx) => {
    const first = await step(ctx, 'model[0]')
    if (++attempts === 1) throw fail('busy', 'Not now', { retryable: true })
    return [first, await step(ctx, 'model[1]')]
  })
  const runtime = await begin()
  const run = await start(runtime)
  expect(await runtime.result({ ...run, waitMs })).toEqual({
    status: 'succeeded',
    output: ['model[0]', 'model[1]'],
  })
  expect(done).toEqual(['model[0]', 'model[1]'])
})

test('a sub-step that failed is done again', async () => {
  const { done, step } = counting()
  scripts.set('main', (ctx) =>
    step(ctx, 'model[0]', () => {
      if (done.length === 1) throw fail('busy', 'Not now', { retryable: true })
      return 'well'
    }),
  )
  const runtime = await begin()
  const run = await start(runtime)
  expect(await runtime.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: 'well' })
  expect(done).toHaveLength(2)
})

test('a sub-step that may happen once is not done again after a time-out, as nobody knows whether it was', async () => {
  let calls = 0
  scripts.set('main', (ctx) =>
    ctx.step({ name: 'pay', kind: 'tool', title: 'Pay', effect: 'once' }, async ({ signal }) => {
      calls++
      await setTimeout(5_000, undefined, { signal })
      return { output: null }
    }),
  )
  const runtime = await begin()
  const run = await start(
    runtime,
    sketch([script('main', { reliability: { timeoutMs: 200 } })], ['start -> main']),
  )
  await waits(run)
  expect(await tasksOf(run)).toMatchObject([{ kind: 'attention', name: 'attention[2]', status: 'open' }])
  expect(calls).toBe(1)
})

test('what a step used adds up in its run', async () => {
  const usage = {
    model: 'm',
    inputTokens: 10,
    outputTokens: 5,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    costUsd: 0.25,
  }
  scripts.set('main', async (ctx) => {
    for (const name of ['a', 'b'])
      await ctx.step({ name, kind: 'model', title: name }, async () => ({ output: null, usage }))
    return null
  })
  const runtime = await begin()
  const run = await start(runtime)
  await runtime.result({ ...run, waitMs })
  const [row] = await rowsOf(
    run,
    'SELECT cost_usd::float8 AS cost, input_tokens::int AS i, output_tokens::int AS o FROM run WHERE id = $1',
  )
  expect(row).toEqual({ cost: 0.5, i: 20, o: 10 })
})

test('a sub-step may not give more than a step', async () => {
  scripts.set('main', (ctx) =>
    ctx.step({ name: 'big', kind: 'other', title: 'Big' }, async () => ({ output: 'x'.repeat(5_000_000) })),
  )
  const runtime = await begin()
  const run = await start(runtime)
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ failure: { code: 'output_too_large' } })
})

test('a question holds no worker, and its answer lets the step go on from its start', async () => {
  const { done, step } = counting()
  scripts.set('main', async (ctx) => {
    await step(ctx, 'before')
    const answer = await ctx.ask(question())
    return answer.status === 'answered' ? { value: answer.value, by: answer.by } : answer.status
  })
  const runtime = await begin()
  const run = await start(runtime)
  const taskId = await taskOf(run)
  await waits(run)
  expect(await rowsOf(run, 'SELECT lease_owner, wake_at FROM run WHERE id = $1')).toEqual([
    { lease_owner: null, wake_at: null },
  ])
  expect(await runtime.answer({ tenantId: run.tenantId, taskId, ...byAda })).toBe('answered')
  expect(await runtime.result({ ...run, waitMs })).toEqual({
    status: 'succeeded',
    output: { value: yes, by: 'ada' },
  })
  expect(done).toEqual(['before'])
})

test('a run that waits for an answer survives a restart, and may be answered while nobody works', async () => {
  scripts.set('main', async (ctx) => (await ctx.ask(question())).status)
  const first = await begin()
  const run = await start(first)
  const taskId = await taskOf(run)
  await waits(run)
  await end(first)
  const web = await begin({ roles: { worker: false, scheduler: false } })
  expect(await web.answer({ tenantId: run.tenantId, taskId, ...byAda })).toBe('answered')
  await begin()
  expect(await web.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: 'answered' })
})

test('of two answers at once one counts', async () => {
  scripts.set('main', async (ctx) => {
    const answer = await ctx.ask(question())
    return answer.status === 'answered' ? answer.by : null
  })
  const runtime = await begin()
  const run = await start(runtime)
  const taskId = await taskOf(run)
  const people = ['ada', 'bob', 'cy', 'dee']
  const told = await Promise.all(
    people.map((by) => runtime.answer({ tenantId: run.tenantId, taskId, answer: yes, by })),
  )
  expect(told.filter((one) => one === 'answered')).toHaveLength(1)
  const winner = people[told.indexOf('answered')]
  expect(await runtime.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: winner })
})

test('an answer that comes in while the run is held is heard', async () => {
  let finish = () => {}
  scripts.set('main', async (ctx) => (await ctx.ask(question())).status)
  scripts.set('slow', () => new Promise<Json>((resolve) => (finish = () => resolve('slow'))))
  const after = { key: 'after', params: { value: 'after' } }
  const runtime = await begin()
  const run = await start(
    runtime,
    sketch([script('main'), script('slow'), after], ['start -> main', 'start -> slow', 'main -> after']),
  )
  const taskId = await taskOf(run)
  await runtime.answer({ tenantId: run.tenantId, taskId, ...byAda })
  await expect.poll(() => ledger.calls.length, soon).toBe(1)
  finish()
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ status: 'succeeded' })
})

test('an answer whose notice was lost is found when the run is let go', async () => {
  let finish = () => {}
  scripts.set('main', async (ctx) => (await ctx.ask(question())).status)
  scripts.set('slow', () => new Promise<Json>((resolve) => (finish = () => resolve('slow'))))
  const runtime = await begin()
  const run = await start(
    runtime,
    sketch([script('main'), script('slow')], ['start -> main', 'start -> slow']),
  )
  const taskId = await taskOf(run)
  const { owner } = await testDatabases()
  // As `answer` writes it, and told to nobody.
  await owner.query(`UPDATE run SET wake_at = now() WHERE id = $1`, [run.runId])
  await owner.query(
    `UPDATE task SET status = 'answered', answer = '{"approved":true}', answered_at = now() WHERE id = $1`,
    [taskId],
  )
  finish()
  expect(await runtime.result({ ...run, waitMs })).toEqual({
    status: 'succeeded',
    output: { main: 'answered', slow: 'slow' },
  })
})

test('questions asked side by side are each answered, in any order', async () => {
  scripts.set('main', async (ctx) => {
    const names = ['a', 'b', 'c']
    const asked = await Promise.allSettled(names.map((name) => ctx.ask(question(name))))
    for (const one of asked) if (one.status === 'rejected') throw one.reason
    return names
  })
  const runtime = await begin()
  const run = await start(runtime)
  for (const name of ['c', 'a', 'b']) {
    const taskId = await taskOf(run, name)
    await runtime.answer({ tenantId: run.tenantId, taskId, ...byAda })
  }
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ status: 'succeeded' })
})

test('what need not be answered any more is closed', async () => {
  let attempts = 0
  scripts.set('main', async (ctx) => {
    if (++attempts === 1) {
      const asked = await Promise.allSettled([ctx.ask(question('a')), ctx.ask(question('b'))])
      for (const one of asked) if (one.status === 'rejected') throw one.reason
    }
    await ctx.ask(question('a'))
    await ctx.ask(question('c'))
    return 'one is enough'
  })
  const runtime = await begin()
  const run = await start(runtime)
  await runtime.answer({ tenantId: run.tenantId, taskId: await taskOf(run, 'a'), ...byAda })
  const last = await taskOf(run, 'c')
  const states = async () =>
    Object.fromEntries((await tasksOf(run)).map(({ name, status }) => [name, status]))
  expect(await states()).toEqual({ a: 'answered', b: 'cancelled', c: 'open' })
  await runtime.answer({ tenantId: run.tenantId, taskId: last, ...byAda })
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ status: 'succeeded' })
})

test('a deadline that passes is an answer too', async () => {
  scripts.set('main', async (ctx) => (await ctx.ask(question('ok', { deadlineMs: ctx.nowMs + 400 }))).status)
  const runtime = await begin()
  const run = await start(runtime)
  expect(await runtime.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: 'expired' })
  expect(await tasksOf(run)).toMatchObject([{ status: 'expired' }])
  const taskId = await taskOf(run)
  expect(await runtime.answer({ tenantId: run.tenantId, taskId, ...byAda })).toBe('closed')
})

test('from its moment on, the lesser role may answer', async () => {
  scripts.set(
    'main',
    async (ctx) =>
      (await ctx.ask(question('ok', { role: 'owner', escalate: { atMs: ctx.nowMs + 200, to: 'editor' } })))
        .status,
  )
  const runtime = await begin()
  const run = await start(runtime)
  await taskOf(run)
  const role = async () => (await rowsOf(run, 'SELECT role FROM task WHERE run_id = $1'))[0]?.role
  expect(await role()).toBe('owner')
  await expect.poll(role, soon).toBe('editor')
})

test('the end of a run closes what it asked', async () => {
  scripts.set('main', async (ctx) => (await ctx.ask(question())).status)
  const runtime = await begin()
  const run = await start(runtime)
  const taskId = await taskOf(run)
  await waits(run)
  await runtime.cancel({ ...run, reason: 'Enough' })
  expect(await runtime.result({ ...run, waitMs })).toEqual({ status: 'cancelled' })
  expect(await tasksOf(run)).toMatchObject([{ status: 'cancelled' }])
  expect(await runtime.answer({ tenantId: run.tenantId, taskId, ...byAda })).toBe('closed')
})

test('a question in a list is asked for each element, and named after it', async () => {
  scripts.set('main', async (ctx) => (await ctx.ask(question())).status)
  const repeat = { list: { expr: '[1, 2, 3]' }, concurrency: 3 }
  const runtime = await begin()
  const run = await start(runtime, sketch([script('main', { repeat })], ['start -> main']))
  await expect.poll(async () => (await tasksOf(run)).length, soon).toBe(3)
  for (const { id } of await tasksOf(run))
    await runtime.answer({ tenantId: run.tenantId, taskId: id, ...byAda })
  expect(await runtime.result({ ...run, waitMs })).toEqual({
    status: 'succeeded',
    output: ['answered', 'answered', 'answered'],
  })
})

test('who is asked in another tenant is nobody', async () => {
  scripts.set('main', async (ctx) => (await ctx.ask(question())).status)
  const runtime = await begin()
  const run = await start(runtime)
  const taskId = await taskOf(run)
  expect(await runtime.answer({ tenantId: 'somebody-else', taskId, ...byAda })).toBe('closed')
  expect(await tasksOf(run)).toMatchObject([{ status: 'open' }])
})

test('text is heard by who listens now', async () => {
  let go = () => {}
  const ready = new Promise<void>((resolve) => (go = resolve))
  scripts.set('main', async (ctx) => {
    await ready
    ctx.stream('Hel')
    ctx.stream('lo')
    return null
  })
  const runtime = await begin()
  const run = await start(runtime)
  const closing = new AbortController()
  const heard = (async () => {
    for await (const { step, text } of runtime.texts({ ...run, signal: closing.signal }))
      return { step, text }
  })()
  go()
  expect(await heard).toEqual({ step: 'main', text: 'Hello' })
  closing.abort()
})

test('a node can tell a question on its way out from a failure', async () => {
  let seen = 0
  scripts.set('main', async (ctx) => {
    try {
      return (await ctx.ask(question())).status
    } catch (error) {
      if (isSuspended(error)) seen++
      throw error
    }
  })
  const runtime = await begin()
  const run = await start(runtime)
  await runtime.answer({ tenantId: run.tenantId, taskId: await taskOf(run), ...byAda })
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ output: 'answered' })
  expect(seen).toBe(1)
})

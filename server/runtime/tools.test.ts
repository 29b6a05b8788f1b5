import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findDefinition } from '#nodes/catalog.ts'
import { DocumentNode } from '#nodes/graph/document.ts'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { ToolResult } from '#nodes/kit/model.ts'
import { testDatabases } from '../test/databases.ts'
import type { Runtime } from './runtime.ts'
import { schemaOf } from './step-params.ts'
import { aRun, aRuntime, newLedger, scriptedNodes, sketch } from './test-runtime.ts'
import { argsSchema, filledIn, isPinned, toolArgs } from './tool-args.ts'

// Nodes lent to an agent: what it may fill in, how they are run, and what becomes of their failures.

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

const agent = { key: 'agent', type: 'test.script', params: { script: 'agent' } }
async function start(tool: object, more: { nodes?: { key: string }[]; wires?: string[] } = {}) {
  const nodes = [agent, { key: 'tool', ...tool }, ...(more.nodes ?? [])]
  const run = await aRun(sketch(nodes, ['start -> agent', 'agent:tools -> tool', ...(more.wires ?? [])]))
  return { tenantId: run.tenantId, runId: (await runtime.accept(run)).runId }
}
const use = (ctx: Means, args: { [name: string]: Json } = {}, name = 'tool[0].tool'): Promise<ToolResult> => {
  const [tool] = ctx.tools
  if (!tool) throw new Error('No tool was lent')
  return tool.call({ name, args })
}
const plain = (result: ToolResult): Json => ({ ...result })
const left = { agent: 'What to give' }

test('a node is lent with what the maker left open, and is run with what the agent fills in', async () => {
  scripts.set('agent', async (ctx) => {
    const [tool] = ctx.tools
    return [tool?.name ?? '', tool?.args ?? null, plain(await use(ctx, { value: { a: 1 } }))]
  })
  const run = await start({ params: { value: left }, tool: { name: 'look_up' } })
  expect(await runtime.result({ ...run, waitMs })).toEqual({
    status: 'succeeded',
    output: [
      'look_up',
      {
        type: 'object',
        properties: { value: { description: 'What to give' } },
        required: [],
        additionalProperties: false,
      },
      { output: { a: 1 } },
    ],
  })
})

test('a tool has its own key for each call, and is not called again when the step is tried again', async () => {
  let attempts = 0
  scripts.set('agent', async (ctx) => {
    await use(ctx, { value: 1 }, 'tool[0].tool')
    await use(ctx, { value: 2 }, 'tool[1].tool')
    if (++attempts === 1) throw fail('busy', 'Not now', { retryable: true })
    return null
  })
  const run = await start({ type: 'test.idempotent', params: { value: left } })
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ status: 'succeeded' })
  expect(ledger.calls.map(({ value }) => value)).toEqual([1, 2])
  expect(new Set(ledger.calls.map(({ key }) => key)).size).toBe(2)
})

test('the failure of a tool is a result, after its own retries, and the same on the next attempt', async () => {
  ledger.acts.set('bad', () => {
    throw fail('busy', 'Not now', { retryable: true })
  })
  let attempts = 0
  scripts.set('agent', async (ctx) => {
    const result = plain(await use(ctx, { value: 'bad' }))
    if (++attempts === 1) throw fail('busy', 'Not now', { retryable: true })
    return result
  })
  const run = await start({ params: { value: left } })
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({
    output: { failure: { code: 'busy', message: 'Not now' } },
  })
  expect(ledger.calls).toHaveLength(3)
})

test('a tool keeps its limit, and is left alone when it is down', async () => {
  scripts.set('agent', async (ctx) => [
    plain(await use(ctx, { value: 'one' }, 'tool[0].tool')),
    plain(await use(ctx, { value: 'two' }, 'tool[1].tool')),
  ])
  const rate = { calls: 1, perMs: 3_600_000 }
  const limited = await start({ params: { value: left }, reliability: { rate, attempts: 1 } })
  expect(await runtime.result({ ...limited, waitMs })).toMatchObject({
    output: [{ output: 'one' }, { failure: { code: 'rate_limited' } }],
  })
  ledger.acts.set('one', () => {
    throw fail('network', 'No route', { retryable: true })
  })
  const breaker = { failures: 1, pauseMs: 3_600_000 }
  const down = await start({ params: { value: left }, reliability: { breaker, attempts: 1 } })
  expect(await runtime.result({ ...down, waitMs })).toMatchObject({
    output: [{ failure: { code: 'network' } }, { failure: { code: 'circuit_open' } }],
  })
  expect(ledger.calls.map(({ value }) => value)).toEqual(['one', 'one'])
})

test('arguments that do not fit are told to the agent', async () => {
  scripts.set('agent', async (ctx) => [
    plain(await use(ctx, {}, 'tool[0].tool')),
    plain(await use(ctx, { amount: 'many' }, 'tool[1].tool')),
  ])
  const run = await start({
    type: 'test.script',
    params: { script: { agent: 'Which' } },
  })
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({
    output: [
      { failure: { code: 'invalid_args', message: 'script: This is missing.' } },
      { failure: { code: 'invalid_args' } },
    ],
  })
})

test('an outcome that nobody knows ends the agent’s step', async () => {
  ledger.acts.set('pay', async (_, signal) => {
    await setTimeout(10_000, undefined, { signal })
    return null
  })
  scripts.set('agent', async (ctx) => plain(await use(ctx, { value: 'pay' })))
  const run = await start({ type: 'test.once', params: { value: left }, reliability: { timeoutMs: 200 } })
  const { owner } = await testDatabases()
  const asked = async () =>
    (await owner.query('SELECT kind, step, why FROM task WHERE run_id = $1', [run.runId])).rows
  await expect.poll(asked, soon).toEqual([{ kind: 'attention', step: 'agent', why: 'unknown' }])
  expect(ledger.calls).toHaveLength(1)
})

test('a tool may ask a person: the agent goes on with the answer', async () => {
  scripts.set('agent', async (ctx) => plain(await use(ctx)))
  const run = await start({ type: 'person.approval', params: { title: 'May it?' } })
  const { owner } = await testDatabases()
  const tasks = async () =>
    (await owner.query('SELECT id, name FROM task WHERE run_id = $1', [run.runId])).rows
  await expect.poll(tasks, soon).toMatchObject([{ name: 'tool[0].tool.approval' }])
  const [task] = await tasks()
  await runtime.answer({ tenantId: run.tenantId, taskId: task.id, answer: { approved: true }, by: 'ada' })
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ output: { output: { approved: true } } })
})

test('an agent may be the tool of another, with tools of its own', async () => {
  const { done, step } = counting()
  scripts.set('agent', async (ctx) => {
    await step(ctx, 'model[0]')
    return plain(await use(ctx))
  })
  scripts.set('inner', async (ctx) => {
    await step(ctx, 'model[0]')
    return plain(await use(ctx, { value: 'deep' }))
  })
  const run = await start(
    { type: 'test.script', params: { script: 'inner' } },
    { nodes: [{ key: 'deep', params: { value: left } } as { key: string }], wires: ['tool:tools -> deep'] },
  )
  expect(await runtime.result({ ...run, waitMs })).toMatchObject({ output: { output: { output: 'deep' } } })
  expect(done).toEqual(['model[0]', 'model[0]'])
})

function counting() {
  const done: string[] = []
  const step = (ctx: Means, name: string) =>
    ctx.step({ name, kind: 'model', title: name }, async () => {
      done.push(name)
      return { output: null }
    })
  return { done, step }
}

const node = (type: string, params: object) => DocumentNode.parse({ key: 'n', type, version: 1, params })
const argsOf = (type: string, params: object) => {
  const definition = findDefinition(type, 1)
  if (definition?.role !== 'step') throw new Error(`No step ${type}`)
  return { definition, args: toolArgs(node(type, params), schemaOf(definition)) }
}

test('arguments are named after their place, at any depth, with the field’s own schema', () => {
  const params = {
    title: { agent: 'The question' },
    deadline: { kind: 'after', amount: { agent: 'How long' } },
  }
  const { args } = argsOf('person.approval', params)
  expect(argsSchema(args)).toMatchObject({
    properties: {
      title: { type: 'string', maxLength: 300, description: 'The question' },
      deadline_amount: { type: 'number', description: 'How long' },
    },
    required: ['title'],
  })
  const filled = filledIn(node('person.approval', params), args, { title: 'Really?' })
  expect(filled.params).toEqual({ title: { literal: 'Really?' }, deadline: { kind: 'after' } })
})

test('data from an agent that looks like an expression stays data', () => {
  const { args } = argsOf('person.approval', { title: left })
  const { params } = filledIn(node('person.approval', { title: left }), args, { title: '{{ vars.secret }}' })
  expect(params).toEqual({ title: { literal: '{{ vars.secret }}' } })
})

test.each([
  { params: { a: left }, destination: ['b'], pinned: true },
  { params: { b: left }, destination: ['b'], pinned: false },
  { params: { b: { c: left } }, destination: ['b'], pinned: false },
  { params: { bc: left }, destination: ['b'], pinned: true },
  { params: { url: left }, destination: undefined, pinned: false },
  { params: { message: { to: left } }, destination: undefined, pinned: false },
  { params: { text: left }, destination: undefined, pinned: true },
  { params: { url: left }, destination: [], pinned: true },
])('$params with destinations $destination is pinned: $pinned', ({ params, destination, pinned }) => {
  expect(isPinned(toolArgs(node('x.y', params), {}), { destination })).toBe(pinned)
})

test('an agent that writes a GraphQL mutation itself chooses what it does there', () => {
  const graphql = findDefinition('graphql.request', 1)
  if (graphql?.role !== 'step') throw new Error('There is no graphql.request')
  const pinned = (params: object) => {
    const drawn = node('graphql.request', { url: 'https://api.example.com', ...params })
    return isPinned(toolArgs(drawn, schemaOf(graphql)), graphql)
  }
  expect(pinned({ query: left })).toBe(false)
  expect(pinned({ query: 'mutation { close }', variables: left })).toBe(true)
})

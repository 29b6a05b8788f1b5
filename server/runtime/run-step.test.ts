import { expect, test } from 'vitest'
import { toGraph } from '#nodes/graph/graph.ts'
import { type AnyStep, defineNode, type NodeContext } from '#nodes/kit/define-node.ts'
import { z } from '#nodes/kit/index.ts'
import { Json } from '#nodes/kit/json.ts'
import { noMeans } from '#nodes/kit/no-means.ts'
import { planOf } from '#server/engine/plan.ts'
import { type Attempt, runStep } from './run-step.ts'

type Does = (ctx: NodeContext<unknown, never>) => Promise<Json> | Json

/** One attempt at a step that does what the test says; `asked` names what was made for it. */
function attemptAt(
  run: Does,
  about: { signal?: AbortSignal; timeoutMs?: number; effect?: AnyStep['effect'] } = {},
) {
  const { signal = new AbortController().signal, timeoutMs, effect = 'none' } = about
  const asked: string[] = []
  const graph = toGraph({ format: 1, nodes: [], edges: [] })
  const definition = defineNode({
    ...{ id: 'test.step', version: 1, title: 'Step', summary: 'Does it.', group: 'data', icon: 'box' },
    ...{ effect, params: z.object({}), output: Json, run, examples: [] },
  })
  const node = { key: 'a', type: 'test.step', version: 1, params: {}, position: { x: 0, y: 0 } }
  const attempt: Attempt = {
    prepared: {
      graph,
      settings: {},
      plan: planOf(graph, never),
      workflow: { id: 'w', name: 'W', version: 1 },
      tenant: { id: 't', name: 'T', slug: 't' },
      parse: never,
    },
    node: { ...node, ...(timeoutMs === undefined ? {} : { reliability: { timeoutMs } }) },
    definition,
    scope: () => ({}),
    input: () => 'what came in',
    idempotencyKey: () => {
      asked.push('key')
      return 'key'
    },
    nowMs: 1,
    signal,
    http: () => {
      asked.push('http')
      return async () => ({ status: 200, headers: {}, body: null })
    },
    means: () => {
      asked.push('means')
      return noMeans
    },
    sandbox: { run: async () => ({ value: null, logs: [] }) },
    log: () => undefined,
    respond: () => undefined,
    report: { debug() {}, info() {}, warn() {}, error() {} },
  }
  return { attempt, asked }
}

const hangs = () => new Promise<Json>(() => undefined)
const never = () => {
  throw new Error('Nobody asks for this here')
}

test('a step is made what it asks for, and nothing else', async () => {
  const plain = attemptAt(({ input, params, nowMs }) => ({ input, params: Json.parse(params), nowMs }))
  expect(await runStep(plain.attempt)).toEqual({
    type: 'finished',
    port: 'out',
    output: { input: 'what came in', params: {}, nowMs: 1 },
  })
  expect(plain.asked).toEqual([])
  const both = attemptAt(({ idempotencyKey, files }) => [idempotencyKey, typeof files.read])
  expect(await runStep(both.attempt)).toMatchObject({ output: ['key', 'function'] })
  expect(both.asked).toEqual(['key', 'means'])
})

test('a step that does not listen is given up when its time is over', async () => {
  const end = await runStep(attemptAt(hangs, { timeoutMs: 20 }).attempt)
  expect(end).toMatchObject({ type: 'failed', failure: { code: 'timeout', retryable: true } })
  const once = await runStep(attemptAt(hangs, { timeoutMs: 20, effect: 'once' }).attempt)
  expect(once).toMatchObject({ type: 'failed', failure: { code: 'outcome_unknown', retryable: false } })
})

test('the signal of a step tells it that its time is over', async () => {
  const heard: string[] = []
  const { attempt } = attemptAt(
    ({ signal }) => {
      signal.addEventListener('abort', () => heard.push('abort'))
      return hangs()
    },
    { timeoutMs: 20 },
  )
  expect(await runStep(attempt)).toMatchObject({ failure: { code: 'timeout' } })
  expect(heard).toEqual(['abort'])
})

test('a step of a run that was cancelled ends as cancelled, at once and later', async () => {
  const before = AbortSignal.abort()
  expect(await runStep(attemptAt(() => 1, { signal: before }).attempt)).toMatchObject({
    failure: { code: 'cancelled' },
  })
  const run = new AbortController()
  const going = runStep(attemptAt(hangs, { signal: run.signal }).attempt)
  run.abort()
  expect(await going).toMatchObject({ failure: { code: 'cancelled' } })
})

test('what a step left under way hears that the run is over, and no timer of a step that has ended', async () => {
  const run = new AbortController()
  let left: AbortSignal | undefined
  const { attempt } = attemptAt(
    async ({ signal }) => {
      left = signal
      return null
    },
    { signal: run.signal, timeoutMs: 20 },
  )
  expect(await runStep(attempt)).toMatchObject({ type: 'finished' })
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(left?.aborted).toBe(false)
  run.abort()
  expect(left?.aborted).toBe(true)
})

test.each([
  ['once', { code: 'outcome_unknown', retryable: false }],
  ['idempotent', { code: 'unexpected', retryable: true }],
] as const)('a database that goes away after a step with effect %s has called', async (effect, failure) => {
  const broken = () => Promise.reject(new Error('Connection terminated unexpectedly'))
  const { attempt } = attemptAt(broken, { effect })
  expect(await runStep(attempt)).toMatchObject({ type: 'failed', failure })
})

import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import type { RunRef } from './new-run.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, sketch, storedEvents } from './test-runtime.ts'
import type { WorkerProcess } from './test-worker-process.ts'

// Kills a real worker at any moment, again and again, and looks at what the world outside saw.

const SEED = 20_261_121
// Fewer than a step is allowed: one that is hit each time would be set aside as the cause (worker_crashed).
const ROUNDS = 2
const RUNS_A_ROUND = 12

interface Call {
  run: string
  step: string
  key: string
  at: number
}
const calls: Call[] = []
/** What to do when so many more calls have come in. */
let armed: { calls: number; fire: () => void } | null = null
const random = randomFrom(SEED)
const sink = createServer((request, response) => {
  let text = ''
  request.on('data', (part) => {
    text += part
  })
  request.on('end', async () => {
    const { run, step } = JSON.parse(text)
    calls.push({ run, step, key: String(request.headers['idempotency-key']), at: Date.now() })
    if (armed && --armed.calls === 0) armed.fire()
    await setTimeout(random() * 30)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ took: step }))
  })
})

let web: Runtime
const children = new Set<ChildProcess>()
beforeAll(async () => {
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  web = await aRuntime({ roles: { worker: false, scheduler: false } })
  await web.start()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await web.stop()
  sink.closeAllConnections()
  sink.close()
})

const portOf = () => (sink.address() as AddressInfo).port

/** Branches, a join, a wait, a frame with two at once, a node that repeats: calls to the sink all along. */
function workflow() {
  const call = (key: string, step: string, more: object = {}) => ({
    key,
    type: 'http.request',
    params: {
      method: 'POST',
      url: `http://127.0.0.1:${portOf()}/`,
      body: { kind: 'json', json: { run: { expr: 'run.id' }, step: { expr: step } } },
    },
    ...more,
  })
  const wait = { kind: 'for', amount: 2, unit: 'seconds' }
  const repeat = { list: { expr: '["x", "y", "z"]' }, concurrency: 2 }
  return sketch(
    [
      call('left', '"left"'),
      { key: 'pause', type: 'flow.wait', params: { wait } },
      call('right', '"right"'),
      call('join', '"join"'),
      { key: 'each', type: 'flow.each', params: { list: [10, 20, 30], concurrency: 2 } },
      call('first', '"each[" + index + "].first"', { parent: 'each' }),
      call('second', '"each[" + index + "].second"', { parent: 'each' }),
      call('many', '"many[" + index + "]"', { repeat }),
      {
        key: 'end',
        type: 'data.set',
        params: { fields: [{ name: 'many', value: { expr: 'input.length' } }] },
      },
    ],
    [
      'start -> left',
      'start -> pause',
      'pause -> right',
      'left -> join',
      'right -> join',
      'join -> each',
      'first -> second',
      'each -> many',
      'many -> end',
    ],
  )
}
const steps = [
  ...['left', 'right', 'join'],
  ...[0, 1, 2].flatMap((index) => [`each[${index}].first`, `each[${index}].second`, `many[${index}]`]),
]

async function aWorker() {
  const { urls, listenUrl } = await testDatabases()
  const about: WorkerProcess = {
    urls,
    queue: { kind: 'postgres', url: listenUrl },
    allow: [`127.0.0.1:${portOf()}`],
    leaseMs: 2_000,
  }
  const script = path.join(import.meta.dirname, 'test-worker-process.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(about)], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

test(`a worker is killed ${ROUNDS} times (seed ${SEED}), and every accepted run ends once and well`, async () => {
  const run = await aRun(workflow())
  const accepted: RunRef[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const before = new Set(accepted.map(({ runId }) => runId))
    const child = await aWorker()
    const fresh = await Promise.all(Array.from({ length: RUNS_A_ROUND }, () => web.accept(run)))
    accepted.push(...fresh.map(({ runId }) => ({ tenantId: run.tenantId, runId })))
    // From when it works at what the one before it left.
    const seen = calls.length
    const works = () => calls.slice(seen).some((call) => before.size === 0 || before.has(call.run))
    await expect.poll(works, { timeout: 45_000, interval: 20 }).toBe(true)
    // In the middle of a step, before it is answered: on a fast machine a moment by the clock may find nothing to hurt.
    const dead = new Promise((resolve) => child.once('exit', resolve))
    armed = { calls: 1 + Math.floor(random() * 40), fire: () => child.kill('SIGKILL') }
    await dead
  }
  await aWorker()
  const results = await Promise.all(accepted.map((one) => web.result({ ...one, waitMs: 30_000 })))
  expect(results).toEqual(accepted.map(() => ({ status: 'succeeded', output: { many: 3 } })))

  const { owner } = await testDatabases()
  const runs = await owner.query('SELECT count(*)::int AS n FROM run WHERE workflow_id = $1', [
    run.workflowId,
  ])
  expect(runs.rows[0].n).toBe(accepted.length)
  const histories = await Promise.all(
    accepted.map(async (one) => ({ runId: one.runId, events: await storedEvents(one) })),
  )
  const endOf = new Map<string, number>()
  for (const { runId, events } of histories) {
    const over = new Set<string>()
    for (const { at, event } of events) {
      const step = 'step' in event ? event.step : event.type
      // What is recorded as done is recorded once, and nothing is recorded of it any more.
      expect(over.has(step)).toBe(false)
      if (event.type !== 'step.finished' && event.type !== 'run.finished') continue
      over.add(step)
      endOf.set(`${runId} ${step}`, at)
    }
    expect(over.has('run.finished')).toBe(true)
  }
  const takeovers = histories.flatMap(({ events }) =>
    events.filter(({ event }) => event.type === 'run.claimed' && event.reason === 'takeover'),
  )
  expect(takeovers.length).toBeGreaterThan(0)

  for (const { runId } of accepted) {
    const own = calls.filter((call) => call.run === runId)
    expect([...new Set(own.map(({ step }) => step))].sort()).toEqual([...steps].sort())
    // One key for each step, and no key for two.
    const pairs = new Set(own.map(({ step, key }) => `${step} ${key}`))
    expect(pairs.size).toBe(steps.length)
    expect(new Set(own.map(({ key }) => key)).size).toBe(steps.length)
  }
  // A call on its way when the worker died may still arrive; a step that was recorded is never called again.
  const redone = calls.filter(({ run, step, at }) => at > (endOf.get(`${run} ${step}`) ?? 0) + 1_000)
  expect(redone).toEqual([])
}, 180_000)

/** mulberry32: the same numbers from the same seed. */
function randomFrom(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, sketch } from './test-runtime.ts'
import type { WorkerProcess } from './test-worker-process.ts'

// Kills a real worker between the sub-steps of a step, and while what it asked is open.

/** Each call of the world outside, in order; a kill may be due at one of them. */
const calls: string[] = []
let armed: { call: number; fire: () => void } | null = null
const sink = createServer((request, response) => {
  request.resume().on('end', () => {
    calls.push(String(request.url))
    // The one that is under way when the worker dies is never answered.
    if (armed && calls.length === armed.call) return armed.fire()
    response.setHeader('content-type', 'application/json')
    response.end('{"ok":true}')
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

/** An agent that calls as it is told: `/0`, `/1`, …, each a sub-step; then it asks, and calls once more. */
const workflow = (count: number) =>
  sketch(
    [{ key: 'agent', type: 'test.chain', params: { url: `http://127.0.0.1:${portOf()}`, count } }],
    ['start -> agent'],
  )

test('a killed worker’s sub-steps are not done again, and its open question is still open', async () => {
  const run = await aRun(workflow(5))
  const { runId } = await web.accept(run)
  const first = await aWorker()
  const dead = new Promise((resolve) => first.once('exit', resolve))
  armed = { call: 3, fire: () => first.kill('SIGKILL') }
  await dead
  armed = null
  expect(calls).toEqual(['/0', '/1', '/2'])

  const second = await aWorker()
  const { owner } = await testDatabases()
  const task = async () =>
    (await owner.query(`SELECT id FROM task WHERE run_id = $1 AND status = 'open'`, [runId])).rows[0]?.id
  await expect.poll(task, { timeout: 30_000 }).toBeTruthy()
  // Only the one that was under way is done a second time.
  expect(calls).toEqual(['/0', '/1', '/2', '/2', '/3', '/4'])

  const over = new Promise((resolve) => second.once('exit', resolve))
  second.kill('SIGKILL')
  await over
  const answer = { tenantId: run.tenantId, taskId: await task(), answer: { approved: true } }
  const told = await Promise.all(['ada', 'bob'].map((by) => web.answer({ ...answer, by })))
  expect([...told].sort()).toEqual(['answered', 'closed'])

  await aWorker()
  expect(await web.result({ tenantId: run.tenantId, runId, waitMs: 30_000 })).toEqual({
    status: 'succeeded',
    output: told[0] === 'answered' ? 'ada' : 'bob',
  })
  expect(calls).toEqual(['/0', '/1', '/2', '/2', '/3', '/4', '/end'])
}, 120_000)

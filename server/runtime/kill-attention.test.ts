import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import type { RunRef } from './new-run.ts'
import type { Resolution } from './resolution.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, sketch } from './test-runtime.ts'
import type { WorkerProcess } from './test-worker-process.ts'

// Kills a real worker in the middle of steps that must not be repeated: people decide what becomes of each.

/** Each call of the world outside, by the key it came with. */
const calls: string[] = []
let onCall: (() => void) | null = null
const sink = createServer((request, response) => {
  request.resume().on('end', () => {
    calls.push(String(request.headers['idempotency-key']))
    // What is under way when the worker dies is never answered.
    if (onCall) return onCall()
    response.setHeader('content-type', 'application/json')
    response.end('"paid"')
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

async function aWorker() {
  const { urls, listenUrl } = await testDatabases()
  const about: WorkerProcess = {
    urls,
    queue: { kind: 'postgres', url: listenUrl },
    allow: [`127.0.0.1:${(sink.address() as AddressInfo).port}`],
    leaseMs: 2_000,
  }
  const script = path.join(import.meta.dirname, 'test-worker-process.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(about)], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  children.add(child)
  return { child, dead: new Promise<void>((resolve) => child.once('exit', () => resolve())) }
}

async function taskOf({ runId }: RunRef) {
  const { owner } = await testDatabases()
  const { rows } = await owner.query(
    `SELECT t.id, t.why FROM task t JOIN run r ON r.id = t.run_id
     WHERE t.run_id = $1 AND t.status = 'open' AND r.status = 'waiting'`,
    [runId],
  )
  return rows[0]
}

test('a killed worker’s step that may happen once is not repeated, but as somebody decides', async () => {
  const url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`
  const asked = await aRun(sketch([{ key: 'pay', type: 'test.call', params: { url } }], ['start -> pay']))
  const { tenantId } = asked
  const runs: RunRef[] = []
  for (let at = 0; at < 3; at++) runs.push({ tenantId, runId: (await web.accept(asked)).runId })
  const first = await aWorker()
  onCall = () => {
    if (calls.length === runs.length) first.child.kill('SIGKILL')
  }
  await first.dead
  onCall = null
  expect(new Set(calls).size).toBe(3)

  const second = await aWorker()
  for (const run of runs)
    await expect.poll(() => taskOf(run), { timeout: 30_000 }).toMatchObject({ why: 'unknown' })
  expect(calls).toHaveLength(3)
  // The questions outlive this one too; they are answered while nobody works.
  second.child.kill('SIGKILL')
  await second.dead
  const ways: Resolution[] = [{ how: 'retry' }, { how: 'skip', output: 'looked it up' }, { how: 'fail' }]
  for (const [at, answer] of ways.entries()) {
    const taskId = (await taskOf(runs[at] as RunRef)).id
    const told = await Promise.all(['ada', 'bob'].map((by) => web.answer({ tenantId, taskId, answer, by })))
    expect([...told].sort()).toEqual(['answered', 'closed'])
  }
  await aWorker()
  expect(await Promise.all(runs.map((run) => web.result({ ...run, waitMs: 30_000 })))).toMatchObject([
    { status: 'succeeded', output: 'paid' },
    { status: 'succeeded', output: 'looked it up' },
    { status: 'failed', failure: { code: 'outcome_unknown', step: 'pay' } },
  ])
  // Only what somebody wanted repeated was, with the key it had.
  expect(calls).toHaveLength(4)
  expect(new Set(calls).size).toBe(3)
}, 120_000)

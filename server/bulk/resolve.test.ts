import type pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scopeFor } from '#server/api/context.ts'
import { newId } from '#server/db/id.ts'
import { encodeJson } from '#server/db/json.ts'
import type { AttentionRequest } from '#server/runtime/attention-request.ts'
import { silent } from '#server/runtime/log.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { aRun, aRuntime, newLedger, sketch, testNodes } from '#server/runtime/test-runtime.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, aWorkflow } from '#server/test/factories.ts'
import { cancelBulk, readBulk } from './read.ts'
import { startResolve } from './start-resolve.ts'
import { workBulk } from './work.ts'

const databases = await testDatabases()
const running: Runtime[] = []
let runtime: Runtime
beforeEach(async () => {
  // It answers and wakes; nobody drives, so that what was decided can be looked at.
  runtime = await aRuntime({ roles: { worker: false, scheduler: false } })
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
})

const request: AttentionRequest = {
  ...{ why: 'exhausted', cause: 'aa', code: 'unreachable', message: 'It is down', attempts: 3 },
  ...{ node: { key: 'call', name: '', type: 'http.request', version: 1 }, effect: 'idempotent' },
  ...{ connection: null, ports: ['out'], params: {}, missing: [] },
}

/** A tenant with runs that wait, each for one step. */
async function aTenantWith(count: number, more: Partial<AttentionRequest> = {}) {
  const { tenant, user } = await aTenant()
  const workflow = await aWorkflow({ tenantId: tenant.id, publish: true })
  const ids = Array.from({ length: count }, () => [newId(), newId()])
  await databases.owner.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, status, started_by, trigger_key, input, last_seq)
     SELECT $1, id, $2, 1, 'waiting', 'webhook', 'start', '{}', 1 FROM unnest($3::uuid[]) id`,
    [tenant.id, workflow.id, ids.map(([run]) => run)],
  )
  await databases.owner.query(
    `INSERT INTO task (tenant_id, run_id, id, step, name, kind, request, role)
     SELECT $1, run, id, 'call', 'attention[3]', 'attention', $4::json, 'editor'
     FROM unnest($2::uuid[], $3::uuid[]) AS t(run, id)`,
    [tenant.id, ids.map(([run]) => run), ids.map(([, task]) => task), encodeJson({ ...request, ...more })],
  )
  const tasks = ids.map(([, task = '']) => task)
  return { tenant, tasks, scope: scopeFor({ databases }, { tenant, actor: user.id }) }
}

/** The engine’s connections, and how often something was asked of them. */
function counted() {
  let asked = 0
  const pool = new Proxy(databases.engine, {
    get(target, name) {
      if (name === 'query' || name === 'connect') asked++
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  }) satisfies pg.Pool
  return { pool, asked: () => asked }
}

const work = (pool: pg.Pool = databases.engine) => workBulk({ pool, runtime, log: silent })
async function untilDone(pool?: pg.Pool) {
  while (await work(pool));
}
async function answersOf(tenantId: string) {
  const { rows } = await databases.owner.query(
    `SELECT t.id, t.answer, t.answered_by AS by, r.wake_at IS NOT NULL AS woken
     FROM task t JOIN run r ON r.id = t.run_id WHERE t.tenant_id = $1 AND t.status = 'answered'`,
    [tenantId],
  )
  return rows
}

test('two thousand are decided about in a few statements, each once, and their runs are woken', async () => {
  const { scope, tenant } = await aTenantWith(2_000)
  const { id, total } = await startResolve(scope, { resolution: { how: 'retry' }, filter: { cause: 'aa' } })
  expect(total).toBe(2_000)
  const { pool, asked } = counted()
  runtime = await aRuntime({
    roles: { worker: false, scheduler: false },
    databases: { ...databases, engine: pool },
  })
  await untilDone(pool)
  expect(asked()).toBeLessThan(100)
  expect(await readBulk(scope, { id })).toMatchObject({
    kind: 'resolve',
    status: 'done',
    done: 2_000,
    refused: 0,
  })
  const answers = await answersOf(tenant.id)
  expect(answers).toHaveLength(2_000)
  expect(answers.every(({ by, woken }) => by === scope.actor && woken)).toBe(true)
  expect(answers[0]?.answer).toEqual({ how: 'retry', job: id })
})

test('a job goes on after the death of whoever worked on it, and counts what that one did', async () => {
  const { scope } = await aTenantWith(300)
  const { id } = await startResolve(scope, { resolution: { how: 'fail' }, filter: {} })
  await work()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'running', done: 200 })
  await databases.owner.query(
    'UPDATE bulk_job SET cursor = NULL, done = 0, lease_until = now() WHERE id = $1',
    [id],
  )
  await untilDone()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'done', done: 300, refused: 0 })
})

test('what somebody decided meanwhile stays as it was decided, and is counted apart', async () => {
  const { scope, tenant, tasks } = await aTenantWith(5)
  const { id } = await startResolve(scope, { resolution: { how: 'fail' }, ids: tasks })
  const answer = { how: 'skip', output: 'by hand', port: 'out' }
  await runtime.answer({ tenantId: tenant.id, taskId: tasks[2] ?? '', answer, by: 'ada' })
  await untilDone()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'done', done: 4, refused: 1 })
  expect(await answersOf(tenant.id)).toContainEqual({ id: tasks[2], answer, by: 'ada', woken: true })
})

test('a run that is being written of is decided about too', async () => {
  const { scope, tasks } = await aTenantWith(3)
  const { id } = await startResolve(scope, { resolution: { how: 'retry' }, ids: tasks })
  const client = await databases.owner.connect()
  await client.query('BEGIN')
  await client.query('SELECT FROM run WHERE id = (SELECT run_id FROM task WHERE id = $1) FOR UPDATE', [
    tasks[0],
  ])
  const working = untilDone()
  await expect
    .poll(async () => (await databases.owner.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount, {
      timeout: 10_000,
    })
    .toBeGreaterThan(0)
  await client.query('COMMIT')
  client.release()
  await working
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'done', done: 3 })
})

test('a job that is cancelled ends between two strides', async () => {
  const { scope, tenant } = await aTenantWith(250)
  const { id } = await startResolve(scope, { resolution: { how: 'retry' }, filter: {} })
  await work()
  await cancelBulk(scope, { id })
  await untilDone()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'cancelled', done: 200 })
  expect(await answersOf(tenant.id)).toHaveLength(200)
})

test('what cannot be done to all of them is refused before anything is', async () => {
  const { scope, tasks } = await aTenantWith(2, { ports: ['yes', 'no'] })
  const skip = { how: 'skip', output: null } as const
  await expect(startResolve(scope, { resolution: skip, ids: tasks })).rejects.toMatchObject({
    code: 'invalid',
  })
  expect(await startResolve(scope, { resolution: { ...skip, port: 'no' }, ids: tasks })).toMatchObject({
    total: 2,
  })
  const other = await aTenantWith(1)
  await expect(startResolve(scope, { resolution: { how: 'retry' }, ids: other.tasks })).rejects.toMatchObject(
    { code: 'not_found' },
  )
  await untilDone()
})

test('runs go on with what was decided about many', async () => {
  const ledger = newLedger()
  let isDown = true
  ledger.acts.set('send', () => {
    if (isDown) throw new Error('It is down')
    return 'sent'
  })
  const driving = await aRuntime({ find: testNodes(ledger) })
  await driving.start()
  running.push(driving)
  const reliability = { attempts: 1, onFailure: 'attention' }
  const run = await aRun(sketch([{ key: 'send', params: { value: 'send' }, reliability }], ['start -> send']))
  const { tenantId } = run
  const runs = await Promise.all(Array.from({ length: 20 }, () => driving.accept(run)))
  const open = async () =>
    (await databases.owner.query(`SELECT FROM task WHERE tenant_id = $1 AND status = 'open'`, [tenantId]))
      .rowCount
  await expect.poll(open, { timeout: 20_000 }).toBe(20)
  isDown = false
  const scope = scopeFor({ databases }, { tenant: { id: tenantId, slug: '' }, actor: 'ada' })
  await startResolve(scope, { resolution: { how: 'retry' }, filter: { node: 'send' } })
  while (await workBulk({ pool: databases.engine, runtime: driving, log: silent }));
  const results = await Promise.all(
    runs.map(({ runId }) => driving.result({ tenantId, runId, waitMs: 20_000 })),
  )
  expect(results).toEqual(runs.map(() => ({ status: 'succeeded', output: 'sent' })))
})

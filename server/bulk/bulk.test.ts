import { beforeAll, describe, expect, test } from 'vitest'
import { scopeFor } from '#server/api/context.ts'
import { newId } from '#server/db/id.ts'
import { silent } from '#server/runtime/log.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { aRuntime } from '#server/runtime/test-runtime.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, aWorkflow } from '#server/test/factories.ts'
import { cancelBulk, readBulk } from './read.ts'
import { startBulk } from './start.ts'
import { workBulk } from './work.ts'

const databases = await testDatabases()
const pool = databases.engine

let runtime: Runtime
beforeAll(async () => {
  runtime = await aRuntime({ roles: { worker: false, scheduler: false } })
})

/** A tenant with runs that failed, of its one workflow. */
async function aTenantWith(count: number, status: 'failed' | 'queued' = 'failed') {
  const { tenant, user } = await aTenant()
  const workflow = await aWorkflow({ tenantId: tenant.id, publish: true })
  const ids = Array.from({ length: count }, () => newId())
  await databases.owner.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, status, started_by, trigger_key, input, last_seq, finished_at,
       failure, failure_key)
     SELECT $1, id, $2, 1, $4, 'webhook', 'start', '{"a":1}', 1, CASE WHEN $4 = 'failed' THEN now() END,
       CASE WHEN $4 = 'failed' THEN '{"code":"x","message":"It broke"}'::json END, CASE WHEN $4 = 'failed' THEN 'key' END
     FROM unnest($3::uuid[]) id`,
    [tenant.id, workflow.id, ids, status],
  )
  return {
    tenant,
    scope: scopeFor({ databases }, { tenant, actor: user.id }),
    ids,
    workflow,
  }
}

const work = () => workBulk({ pool, runtime, log: silent })
async function untilDone() {
  while (await work());
}

async function retriesOf(tenantId: string) {
  const { rows } = await databases.owner.query(
    `SELECT parent_run_id AS of, started_by, actor, input FROM run WHERE tenant_id = $1 AND parent_run_id IS NOT NULL`,
    [tenantId],
  )
  return rows
}

test('all that fit the filter are retried once each, and remember what they make up for', async () => {
  const { scope, ids, tenant } = await aTenantWith(45)
  const { id, total } = await startBulk(scope, {
    kind: 'retry',
    filter: { failureKey: 'key', search: 'broke' },
  })
  expect(total).toBe(45)
  await untilDone()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'done', done: 45, refused: 0, total: 45 })
  const retries = await retriesOf(tenant.id)
  expect(new Set(retries.map((one) => one.of))).toEqual(new Set(ids))
  expect(retries).toHaveLength(45)
  expect(retries[0]).toMatchObject({ started_by: 'manual', actor: scope.actor, input: { a: 1 } })
})

test('a job goes on after the death of whoever worked on it, and nothing is retried twice', async () => {
  const { scope, tenant } = await aTenantWith(30)
  const { id } = await startBulk(scope, { kind: 'retry', filter: {} })
  await work()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'running', done: 20 })
  // The note of how far it came is lost with the process, and its lease runs out.
  await databases.owner.query(
    'UPDATE bulk_job SET cursor = NULL, done = 0, lease_until = now() WHERE id = $1',
    [id],
  )
  await untilDone()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'done', done: 30 })
  expect(await retriesOf(tenant.id)).toHaveLength(30)
})

test('two processes at once do not do the same twice', async () => {
  const { scope, tenant } = await aTenantWith(60)
  const { id } = await startBulk(scope, { kind: 'retry', filter: {} })
  await Promise.all([untilDone(), untilDone(), untilDone()])
  await untilDone()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'done', done: 60 })
  expect(await retriesOf(tenant.id)).toHaveLength(60)
})

test('a job that is cancelled ends between two strides', async () => {
  const { scope, tenant } = await aTenantWith(50)
  const { id } = await startBulk(scope, { kind: 'retry', filter: {} })
  await work()
  await cancelBulk(scope, { id })
  await untilDone()
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'cancelled', done: 20 })
  expect(await retriesOf(tenant.id)).toHaveLength(20)
  await expect(cancelBulk(scope, { id })).rejects.toMatchObject({ code: 'conflict' })
})

test('a tenant at its limit has the job wait, not refuse', async () => {
  const { scope, tenant } = await aTenantWith(5)
  await databases.owner.query(
    'INSERT INTO tenant_limit (tenant_id, queued_runs, updated_at) VALUES ($1, 2, now())',
    [tenant.id],
  )
  const { id } = await startBulk(scope, { kind: 'retry', filter: {} })
  expect(await work()).toBe(false)
  expect(await readBulk(scope, { id })).toMatchObject({ status: 'running', done: 2, refused: 0 })
  await databases.owner.query('DELETE FROM bulk_job WHERE id = $1', [id])
})

describe('cancelling', () => {
  test('asks each run to stop, and counts those that had ended', async () => {
    const { scope, ids, tenant } = await aTenantWith(3, 'queued')
    const { id } = await startBulk(scope, { kind: 'cancel', ids })
    await databases.owner.query(`UPDATE run SET status = 'succeeded', finished_at = now() WHERE id = $1`, [
      ids[0],
    ])
    await untilDone()
    expect(await readBulk(scope, { id })).toMatchObject({ status: 'done', done: 2, refused: 1 })
    const { rows } = await databases.owner.query(
      'SELECT FROM run WHERE tenant_id = $1 AND cancel_reason IS NOT NULL',
      [tenant.id],
    )
    expect(rows).toHaveLength(2)
    await databases.owner.query('DELETE FROM run WHERE tenant_id = $1', [tenant.id])
  })

  test('what does not fit is told', async () => {
    const { scope, ids } = await aTenantWith(2)
    await expect(startBulk(scope, { kind: 'cancel', ids })).rejects.toMatchObject({ code: 'conflict' })
    const other = await aTenantWith(1)
    await expect(startBulk(scope, { kind: 'retry', ids: other.ids })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

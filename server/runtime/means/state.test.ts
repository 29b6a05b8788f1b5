import { beforeAll, describe, expect, test } from 'vitest'
import { StepFailure } from '#nodes/kit/failure.ts'
import type { StateStore } from '#nodes/kit/means.ts'
import { newId } from '#server/db/id.ts'
import { type TestDatabases, testDatabases } from '../../test/databases.ts'
import { aTenant } from '../../test/factories.ts'
import { stateFor } from './state.ts'

let databases: TestDatabases
beforeAll(async () => {
  databases = await testDatabases()
})

/** A tenant with workflows; each call gives the state of one step. */
async function aPlace() {
  const { tenant } = await aTenant()
  const workflowId = newId()
  let steps = 0
  const at = (about: { key?: string; workflowId?: string } = {}): StateStore =>
    stateFor({
      pool: databases.engine,
      tenantId: tenant.id,
      workflowId: about.workflowId ?? workflowId,
      idempotencyKey: about.key ?? `step-${steps++}`,
    })
  return { at, tenantId: tenant.id, workflowId }
}

async function codeOf(work: Promise<unknown>) {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  return error instanceof StepFailure ? error.failure.code : error
}

const workflow = { scope: 'workflow' as const, key: 'n' }
const tenant = { scope: 'tenant' as const, key: 'n' }

test('keeps values of the workflow and of the tenant apart', async () => {
  const { at } = await aPlace()
  await at().set({ ...workflow, value: { a: [1, null, 'é\u0000'] } })
  await at().set({ ...tenant, value: 2 })
  expect(await at().get(workflow)).toEqual({ a: [1, null, 'é\u0000'] })
  expect(await at({ workflowId: newId() }).get(workflow)).toBeUndefined()
  expect(await at({ workflowId: newId() }).get(tenant)).toBe(2)
})

test('another tenant sees nothing of it', async () => {
  const [one, other] = [await aPlace(), await aPlace()]
  await one.at().set({ ...tenant, value: 'secret' })
  expect(await other.at().get(tenant)).toBeUndefined()
  expect(await other.at().remove(tenant)).toBe(false)
  expect(await one.at().get(tenant)).toBe('secret')
})

describe('a change is made once, however often its step runs', () => {
  test('adding', async () => {
    const { at } = await aPlace()
    expect(await at({ key: 'a' }).add({ ...workflow, by: 2 })).toBe(2)
    expect(await at({ key: 'b' }).add({ ...workflow, by: 3 })).toBe(5)
    expect(await at({ key: 'a' }).add({ ...workflow, by: 2 })).toBe(5)
    expect(await at().get(workflow)).toBe(5)
  })

  test('setting, which does not undo what came after', async () => {
    const { at } = await aPlace()
    await at({ key: 'a' }).set({ ...workflow, value: 'old' })
    await at({ key: 'b' }).set({ ...workflow, value: 'new' })
    await at({ key: 'a' }).set({ ...workflow, value: 'old' })
    expect(await at().get(workflow)).toBe('new')
  })

  test('removing, which says the same again', async () => {
    const { at } = await aPlace()
    await at().set({ ...workflow, value: 1 })
    expect(await at({ key: 'a' }).remove(workflow)).toBe(true)
    expect(await at({ key: 'a' }).remove(workflow)).toBe(true)
    expect(await at({ key: 'b' }).remove(workflow)).toBe(false)
    expect(await at().get(workflow)).toBeUndefined()
    expect(await at().add({ ...workflow, by: 1 })).toBe(1)
  })

  test('several in one step are several', async () => {
    const { at } = await aPlace()
    const step = at({ key: 'a' })
    await step.add({ ...workflow, by: 1 })
    expect(await step.add({ ...workflow, by: 1 })).toBe(2)
  })
})

test('runs at the same time lose no count', async () => {
  const { at } = await aPlace()
  await Promise.all(Array.from({ length: 40 }, () => at().add({ ...workflow, by: 1 })))
  expect(await at().get(workflow)).toBe(40)
})

test('what has ended is as if it had never been', async () => {
  const { at, tenantId } = await aPlace()
  await at().set({ ...workflow, value: 7, keepMs: 60_000 })
  expect(await at().get(workflow)).toBe(7)
  await databases.owner.query(
    `UPDATE state_entry SET expires_at = now() - interval '1 s' WHERE tenant_id = $1`,
    [tenantId],
  )
  expect(await at().get(workflow)).toBeUndefined()
  expect(await at().add({ ...workflow, by: 1 })).toBe(1)
})

describe('limits', () => {
  test.each([[''], ['k'.repeat(201)], ['a\u0000b']])('the key %j', async (key) => {
    const { at } = await aPlace()
    expect(await codeOf(at().get({ scope: 'tenant', key }))).toBe('invalid_key')
    expect(await codeOf(at().set({ scope: 'tenant', key, value: 1 }))).toBe('invalid_key')
  })

  test('a value of 256 KB', async () => {
    const { at } = await aPlace()
    await at().set({ ...workflow, value: 'x'.repeat(256 * 1024 - 2) })
    expect(await codeOf(at().set({ ...workflow, value: 'x'.repeat(256 * 1024) }))).toBe('state_too_large')
  })

  test('10,000 keys of one scope; those that ended do not count', async () => {
    const { at, tenantId } = await aPlace()
    await databases.owner.query(
      `INSERT INTO state_entry (tenant_id, scope, key, value, expires_at)
       SELECT $1, 'tenant', 'k' || n, '1', CASE WHEN n = 1 THEN now() - interval '2 hours' END
       FROM generate_series(1, 10000) n`,
      [tenantId],
    )
    await at().set({ ...tenant, value: 1 })
    expect(await codeOf(at().set({ scope: 'tenant', key: 'one more', value: 1 }))).toBe('state_full')
    await at().set({ scope: 'tenant', key: 'k2', value: 2 })
    await at().set({ ...workflow, value: 1 })
  })

  test('only numbers can be added to', async () => {
    const { at } = await aPlace()
    await at().set({ ...workflow, value: '5' })
    expect(await codeOf(at().add({ ...workflow, by: 1 }))).toBe('not_a_number')
  })
})

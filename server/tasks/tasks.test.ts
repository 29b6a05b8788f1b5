import { beforeAll, describe, expect, test } from 'vitest'
import { FormField, schemaOfFields } from '#nodes/kit/form-fields.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { QuestionRequest } from '#nodes/kit/sub-step.ts'
import { newId } from '../db/id.ts'
import { encodeJson } from '../db/json.ts'
import { inTenant, type TenantDb } from '../db/tenant.ts'
import type { Role } from '../tenants/policy.ts'
import type { TenantScope } from '../tenants/tenant-scope.ts'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { answerTask } from './answer.ts'
import { countTasks, listTasks } from './list.ts'
import { readTask } from './read.ts'

// Who sees, counts and answers what runs ask of people, and what an answer may be.

async function aScope(): Promise<TenantScope> {
  const { app } = await testDatabases()
  const { tenant, user } = await aTenant()
  const within = <T>(work: (db: TenantDb) => Promise<T>) => inTenant(app, tenant.id, work)
  return { tenant, actor: user.id, hooksChanged: () => undefined, inTenant: within }
}

let scope: TenantScope
let workflowId: string
beforeAll(async () => {
  scope = await aScope()
  workflowId = (await aWorkflow({ tenantId: scope.tenant.id, publish: true })).id
})

interface About {
  kind?: 'approval' | 'form' | 'call' | 'webhook'
  role?: Role | null
  status?: string
  request?: QuestionRequest
}

async function aTask({ kind = 'approval', role = 'editor', status = 'open', request = {} }: About = {}) {
  const { engine } = await testDatabases()
  const [runId, id] = [newId(), newId()]
  await engine.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, status, started_by, trigger_key, input, last_seq)
     VALUES ($1, $2, $3, 1, 'waiting', 'manual', 'start', '{}', 0)`,
    [scope.tenant.id, runId, workflowId],
  )
  await engine.query(
    `INSERT INTO task (tenant_id, id, run_id, step, name, kind, title, request, role, status)
     VALUES ($1, $2, $3, 'ask', 'ask', $4, 'May I?', $5::json, $6, $7)`,
    [scope.tenant.id, id, runId, kind, encodeJson({ ...request }), role, status],
  )
  return id
}

/** What the runtime was told. */
function answering(told: 'answered' | 'closed' = 'answered') {
  const given: { answer: Json; by: string | null }[] = []
  const runtime = {
    answer: async ({ answer, by }: { answer: Json; by: string | null }) => {
      given.push({ answer, by })
      return told
    },
  }
  const answer = (id: string, value: Json, role: Role = 'owner') =>
    answerTask({ scope, runtime }, { id, value, role })
  return { given, answer }
}

test('lists newest first, in pages that neither repeat nor leave out', async () => {
  const ids: string[] = []
  for (let at = 0; at < 5; at++) ids.push(await aTask())
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await listTasks(scope, { role: 'viewer', limit: 2, cursor })
    seen.push(...items.map(({ id }) => id))
    cursor = next ?? undefined
  } while (cursor)
  expect(seen.filter((id) => ids.includes(id))).toEqual([...ids].reverse())
  expect(new Set(seen).size).toBe(seen.length)
})

test('shows people nothing that only programs answer', async () => {
  const hidden = [await aTask({ kind: 'call', role: null }), await aTask({ kind: 'webhook', role: null })]
  const { items } = await listTasks(scope, { role: 'owner', limit: 200 })
  expect(items.filter(({ id }) => hidden.includes(id))).toEqual([])
  for (const id of hidden)
    await expect(readTask(scope, { id, role: 'owner' })).rejects.toMatchObject({ code: 'not_found' })
})

test('says what is whose: an admin’s task is not an editor’s', async () => {
  const id = await aTask({ role: 'admin' })
  const of = async (role: Role) => {
    const mine = await listTasks(scope, { role, mine: true, status: 'open', limit: 200 })
    return [mine.items.some((task) => task.id === id), (await readTask(scope, { id, role })).mayAnswer]
  }
  expect(await of('editor')).toEqual([false, false])
  expect(await of('admin')).toEqual([true, true])
  expect(await of('owner')).toEqual([true, true])
})

test('counts what a member may answer', async () => {
  const before = await countTasks(scope, { role: 'editor' })
  await aTask({ role: 'editor' })
  await aTask({ role: 'admin' })
  await aTask({ role: 'editor', status: 'expired' })
  expect((await countTasks(scope, { role: 'editor' })).open).toBe(before.open + 1)
})

describe('an answer', () => {
  test('needs the role', async () => {
    const { answer, given } = answering()
    const id = await aTask({ role: 'admin' })
    await expect(answer(id, { approved: true }, 'editor')).rejects.toMatchObject({ code: 'forbidden' })
    expect(given).toEqual([])
    await answer(id, { approved: true }, 'admin')
    expect(given).toEqual([{ answer: { approved: true }, by: scope.actor }])
  })

  test.each(['expired', 'cancelled'])('to what is %s is too late', async (status) => {
    const { answer, given } = answering()
    const id = await aTask({ status })
    await expect(answer(id, { approved: true })).rejects.toMatchObject({
      code: 'conflict',
      details: { status },
    })
    expect(given).toEqual([])
  })

  test('that comes a moment after another’s is too late', async () => {
    const { answer } = answering('closed')
    await expect(answer(await aTask(), { approved: true })).rejects.toMatchObject({ code: 'conflict' })
  })

  const wrong: { value: Json; field: string }[] = [
    { value: { approved: 'yes' }, field: 'value.approved' },
    { value: {}, field: 'value.approved' },
    { value: { approved: true, more: 1 }, field: 'value.more' },
    { value: { approved: true, comment: 'x'.repeat(5_000) }, field: 'value.comment' },
    { value: { approved: true, data: { amount: 1 } }, field: 'value.data' },
    { value: 'yes', field: 'value' },
  ]
  test.each(wrong)('that is no approval is refused, because of $field', async ({ value, field }) => {
    const { answer, given } = answering()
    await expect(answer(await aTask(), value)).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ path: field }] },
    })
    expect(given).toEqual([])
  })

  test('may change what may be changed', async () => {
    const { answer, given } = answering()
    const id = await aTask({ request: { data: { amount: 40 }, editable: true } })
    await answer(id, { approved: true, data: { amount: 20 }, comment: 'Half' })
    expect(given).toMatchObject([{ answer: { approved: true, data: { amount: 20 }, comment: 'Half' } }])
    await expect(answer(id, { approved: true, data: 20 })).rejects.toMatchObject({ code: 'invalid' })
  })

  test('to a form is held to its fields', async () => {
    const { answer, given } = answering()
    const fields = schemaOfFields([
      FormField.parse({ name: 'day', label: 'Day', kind: 'date', required: true }),
      FormField.parse({ name: 'count', label: 'Count', kind: 'number' }),
    ])
    const id = await aTask({ kind: 'form', request: { fields } })
    const refused = (path: string) => ({ code: 'invalid', details: { issues: [{ path }] } })
    await expect(answer(id, { count: 1 })).rejects.toMatchObject(refused('value.day'))
    await expect(answer(id, { day: 'soon' })).rejects.toMatchObject(refused('value.day'))
    await expect(answer(id, { day: '2026-01-31', more: 1 })).rejects.toMatchObject(refused('value.more'))
    await answer(id, { day: '2026-01-31', count: 2 })
    expect(given).toMatchObject([{ answer: { day: '2026-01-31', count: 2 } }])
  })

  test('has a limit', async () => {
    const { answer } = answering()
    const value = { approved: true, comment: 'x'.repeat(300_000) }
    await expect(answer(await aTask(), value)).rejects.toMatchObject({ code: 'limit_reached' })
  })
})

test('another tenant finds nothing', async () => {
  const id = await aTask()
  const theirs = await aScope()
  await expect(readTask(theirs, { id, role: 'owner' })).rejects.toMatchObject({ code: 'not_found' })
  expect((await listTasks(theirs, { role: 'owner' })).items).toEqual([])
  expect(await countTasks(theirs, { role: 'owner' })).toEqual({ open: 0 })
})

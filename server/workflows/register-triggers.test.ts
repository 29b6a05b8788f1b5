import { beforeAll, beforeEach, expect, test } from 'vitest'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { AnyNode, Starts } from '#nodes/kit/define-node.ts'
import { defineTrigger, Json, z } from '#nodes/kit/index.ts'
import { inTenant } from '#server/db/tenant.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, aWorkflow, type TestMember } from '#server/test/factories.ts'
import { clearTriggers, registerTriggers } from './register-triggers.ts'
import { triggersOf } from './triggers-of.ts'

const define = (starts: Starts): AnyNode =>
  defineTrigger({
    ...{ id: `test.${starts}`, version: 1, title: 'Test', summary: 'Test', group: 'trigger', icon: 'zap' },
    starts,
    params: z.object({
      path: z.string().default('x'),
      everyMinutes: z.number().default(5),
      query: z.string().default(''),
    }),
    output: Json,
    examples: [],
  })
const own = new Map(
  (['event', 'poll', 'chat', 'form', 'call', 'error', 'manual'] as const).map((starts) => [
    `test.${starts}`,
    define(starts),
  ]),
)
const find = (type: string) => own.get(type)

type Sketch = { key: string; type: string; params?: object }
const drawn = (...nodes: Sketch[]) =>
  WorkflowDocument.parse({ nodes: nodes.map((node) => ({ version: 1, ...node })), edges: [] })

test('each trigger is found by what its definition says', () => {
  const document = drawn(
    { key: 'one', type: 'test.event' },
    { key: 'two', type: 'test.chat', params: { path: 'support' } },
    { key: 'three', type: 'test.form', params: { path: 'lead' } },
    { key: 'four', type: 'test.poll', params: { everyMinutes: 2 } },
    { key: 'five', type: 'test.call' },
    { key: 'six', type: 'test.error' },
    { key: 'seven', type: 'test.manual' },
  )
  expect(triggersOf(document, { workflowId: 'w1', find })).toEqual({
    hooks: [
      { nodeKey: 'one', kind: 'event', method: 'ANY', path: 'events/w1/one', answer: 'by_trigger' },
      { nodeKey: 'two', kind: 'chat', method: 'ANY', path: 'chat/support', answer: 'by_trigger' },
      { nodeKey: 'three', kind: 'form', method: 'ANY', path: 'forms/lead', answer: 'by_trigger' },
    ],
    schedules: [],
    polls: [{ nodeKey: 'four', everyMs: 120_000 }],
  })
})

let owner: TestMember
beforeAll(async () => {
  owner = await aTenant()
})
let workflowId = ''
beforeEach(async () => {
  workflowId = (await aWorkflow({ tenantId: owner.tenant.id })).id
})

async function published(version: number, document: WorkflowDocument, id = workflowId) {
  const { app } = await testDatabases()
  const tenantId = owner.tenant.id
  await inTenant(app, tenantId, async (db) => {
    await db.workflowVersion.create({ data: { tenantId, workflowId: id, number: version, document } })
    await registerTriggers(db, { tenantId, workflowId: id, version, document, find })
  })
}

async function polls() {
  const { app } = await testDatabases()
  return inTenant(app, owner.tenant.id, (db) => db.poll.findMany({ where: { workflowId } }))
}

async function standAt(cursor: string) {
  const { owner: sql } = await testDatabases()
  await sql.query('update poll set cursor = to_json($2::text) where workflow_id = $1', [workflowId, cursor])
}

const inbox = (params: object) => drawn({ key: 'inbox', type: 'test.poll', params })

test('publishing again goes on where polling stood', async () => {
  await published(1, inbox({ query: 'a' }))
  await standAt('mail 7')
  await published(2, inbox({ query: 'a', everyMinutes: 1 }))
  expect(await polls()).toMatchObject([{ version: 2, everyMs: 60_000, cursor: 'mail 7' }])
})

test('what asks something else begins anew', async () => {
  await published(1, inbox({ query: 'a' }))
  await standAt('mail 7')
  await published(2, inbox({ query: 'b' }))
  expect(await polls()).toMatchObject([{ version: 2, cursor: null }])
})

test('unpublishing clears addresses and polling', async () => {
  const { app } = await testDatabases()
  const tenantId = owner.tenant.id
  await published(1, drawn({ key: 'inbox', type: 'test.poll' }, { key: 'event', type: 'test.event' }))
  await inTenant(app, tenantId, (db) => clearTriggers(db, { tenantId, workflowId }))
  const hooks = await inTenant(app, tenantId, (db) => db.hook.findMany({ where: { workflowId } }))
  expect([await polls(), hooks]).toEqual([[], []])
})

test('an address belongs to one workflow', async () => {
  const chat = drawn({ key: 'chat', type: 'test.chat', params: { path: 'taken' } })
  await published(1, chat)
  const other = await aWorkflow({ tenantId: owner.tenant.id })
  await expect(published(1, chat, other.id)).rejects.toThrow('already has the address chat/taken')
})

test('two triggers of one workflow cannot share an address', async () => {
  const twins = drawn(
    { key: 'a', type: 'test.chat', params: { path: 'twin' } },
    { key: 'b', type: 'test.chat', params: { path: 'twin' } },
  )
  await expect(published(1, twins)).rejects.toThrow('“a” already has the address chat/twin')
})

test('a webhook does not sit where events, chats and forms are', async () => {
  const { app } = await testDatabases()
  const tenantId = owner.tenant.id
  const hook = drawn({ key: 'hook', type: 'trigger.webhook', params: { path: 'chat/support' } })
  const about = { tenantId, workflowId, version: 1, document: hook }
  await expect(inTenant(app, tenantId, (db) => registerTriggers(db, about))).rejects.toThrow(
    'Addresses that begin with chat/ are kept',
  )
})

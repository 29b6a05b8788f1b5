import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '#server/test/databases.ts'
import { anAdministrator, aTenant, type TestMember } from '#server/test/factories.ts'
import type { App } from './app.ts'
import { scopeFor } from './context.ts'
import type { Parts } from './parts.ts'
import { callAs, keyOf, publishedWorkflow, refusalOf, testApp, testParts } from './test-app.ts'

let parts: Parts
let app: App
let admin: Awaited<ReturnType<typeof callAs>>
beforeAll(async () => {
  parts = await testParts()
  app = await testApp(parts)
  const { tenant } = await aTenant()
  admin = await callAs({ user: await anAdministrator(), tenant }, { parts, slug: '_' })
})

/** A tenant with a workflow that a webhook starts, as its owner uses it. */
async function aShop() {
  const owner = await aTenant()
  const scope = scopeFor(parts, { tenant: owner.tenant, actor: owner.user.id })
  const { id } = await publishedWorkflow(scope, {
    nodes: [
      { key: 'start', type: 'trigger.manual' },
      { key: 'hook', type: 'trigger.webhook', params: { path: 'orders', method: 'POST', answer: 'at_once' } },
      { key: 'log', type: 'flow.log', params: { message: 'Hello' } },
    ],
    wires: ['start -> log', 'hook -> log'],
  })
  const api = await callAs(owner, { parts })
  const order = () =>
    app.server.inject({ method: 'POST', url: `/hooks/${owner.tenant.slug}/orders`, payload: {} })
  return { owner, id, api, order, tenantId: owner.tenant.id }
}

const ended = ({ owner }: { owner: TestMember }, runId: string, waitMs = 20_000) =>
  parts.runtime.result({ tenantId: owner.tenant.id, runId, waitMs })

test('more runs than a tenant may start are answered 429 with when to come back', async () => {
  const { order, tenantId, api, id } = await aShop()
  await admin.admin.setLimits({ tenantId, runsPerMinute: 2 })
  expect([(await order()).statusCode, (await order()).statusCode]).toEqual([202, 202])
  const refused = await order()
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['retry-after']).toBe('30')
  expect(refused.json()).toMatchObject({
    code: 'limit_reached',
    details: { limit: 'runsPerMinute', most: 2 },
  })
  const start = { workflowId: id, source: 'published', trigger: 'start', input: null } as const
  expect(await refusalOf(api.runs.start(start))).toMatchObject({ status: 429, code: 'limit_reached' })
  await admin.admin.setLimits({ tenantId, runsPerMinute: null })
  expect((await order()).statusCode).toBe(202)
})

test('over the runs of a day the next is refused until midnight, or waits in line if the tenant says so', async () => {
  const { order, tenantId, api, owner } = await aShop()
  await admin.admin.setLimits({ tenantId, dailyRuns: 1 })
  expect((await order()).statusCode).toBe(202)
  const refused = await order()
  expect(refused.statusCode).toBe(429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(refused.json()).toMatchObject({ details: { limit: 'dailyRuns', most: 1 } })
  expect(await api.usage.get({ days: 1 })).toMatchObject({
    limits: { dailyRuns: 1, overLimit: 'refuse' },
    used: { runsToday: 1 },
  })
  await admin.admin.setLimits({ tenantId, overLimit: 'wait' })
  const waits = await order()
  expect(waits.statusCode).toBe(202)
  expect(await ended({ owner }, waits.json().runId, 300)).toBeNull()
  expect((await admin.admin.tenants({ search: owner.tenant.slug })).items).toMatchObject([
    { limits: { dailyRuns: 1, overLimit: 'wait' }, queued: 1 },
  ])
  await parts.runtime.cancel({ tenantId, runId: waits.json().runId, reason: 'Enough' })
  expect(await ended({ owner }, waits.json().runId)).toMatchObject({ status: 'cancelled' })
})

test('an ordering key that cannot be computed refuses the start, naming the setting; the API may give its own', async () => {
  const owner = await aTenant()
  const scope = scopeFor(parts, { tenant: owner.tenant, actor: owner.user.id })
  const { id } = await publishedWorkflow(scope, {
    nodes: [
      { key: 'start', type: 'trigger.manual' },
      { key: 'log', type: 'flow.log', params: { message: 'Hello' } },
    ],
    wires: ['start -> log'],
    settings: { orderingKey: { expr: 'trigger.customer.id' } },
  })
  const { authorization } = await keyOf(owner, { parts })
  const start = (payload: object) =>
    app.server.inject({
      method: 'POST',
      url: `/api/v1/workflows/${id}/runs?wait=20`,
      headers: { authorization },
      payload,
    })
  const refused = await start({ input: {} })
  expect(refused.statusCode).toBe(422)
  expect(refused.json()).toMatchObject({
    message: expect.stringContaining('ordering key'),
    details: { field: 'settings.orderingKey' },
  })
  expect((await start({ input: { customer: { id: 'c1' } } })).json()).toMatchObject({ status: 'succeeded' })
  expect((await start({ input: {}, orderingKey: 'mine' })).json()).toMatchObject({ status: 'succeeded' })
  expect((await start({ input: {}, orderingKey: '' })).statusCode).toBe(400)
})

describe('a suspended tenant', () => {
  test('starts and changes nothing, sees everything, and its members are told why', async () => {
    const { order, tenantId, api, id, owner } = await aShop()
    const { authorization } = await keyOf(owner, { parts })
    await admin.admin.suspend({ tenantId, why: 'Unpaid' })
    const refused = await order()
    expect(refused.json()).toMatchObject({ code: 'forbidden', details: { reason: 'suspended' } })
    expect(refused.body).not.toContain('Unpaid')
    const rest = (method: 'GET' | 'POST', url: string) =>
      app.server.inject({ method, url: `/api/v1${url}`, headers: { authorization } })
    expect((await rest('POST', `/workflows/${id}/runs`)).statusCode).toBe(403)
    expect((await rest('GET', '/workflows')).statusCode).toBe(200)
    expect(await refusalOf(api.workflows.rename({ id, name: 'Other' }))).toMatchObject({ status: 403 })
    expect((await api.workflows.list()).items).toHaveLength(1)
    expect(await api.tenant.get()).toMatchObject({ suspended: { why: 'Unpaid' } })
    expect((await admin.admin.tenants({ search: owner.tenant.slug })).items).toMatchObject([
      { id: tenantId, suspended: { why: 'Unpaid' } },
    ])
    await admin.admin.resume({ tenantId })
    expect((await order()).statusCode).toBe(202)
    expect(await api.tenant.get()).toMatchObject({ suspended: null })
  })

  test('hears of it in its own log, and administrators in theirs', async () => {
    const { tenantId, api } = await aShop()
    await admin.admin.suspend({ tenantId, why: 'Unpaid' })
    await admin.admin.resume({ tenantId })
    const seen = (await api.audit.list({ action: 'tenant' })).items
    expect(seen.map(({ action, actor }) => [action, actor.kind])).toEqual([
      ['tenant.resume', 'admin'],
      ['tenant.suspend', 'admin'],
    ])
    expect(seen[1]?.detail).toEqual({ why: 'Unpaid' })
    const all = (await admin.admin.audit({})).items.filter(({ tenant }) => tenant?.id === tenantId)
    expect(all).toHaveLength(2)
  })
})

test.each([
  [
    'workflow',
    ({ api, id }: Shop) => ({
      pause: () => api.workflows.pause({ id }),
      resume: () => api.workflows.resume({ id }),
    }),
  ],
  [
    'tenant',
    ({ tenantId }: Shop) => ({
      pause: () => admin.admin.pauseQueue({ tenantId }),
      resume: () => admin.admin.resumeQueue({ tenantId }),
    }),
  ],
  [
    'installation',
    () => ({ pause: () => admin.admin.pauseQueue({}), resume: () => admin.admin.resumeQueue({}) }),
  ],
])('while the %s is paused runs wait in line, and go on when it resumes', async (_, of) => {
  const shop = await aShop()
  const { pause, resume } = of(shop)
  await pause()
  const { runId } = (await shop.order()).json()
  expect(await ended(shop, runId, 500)).toBeNull()
  const { rows } = await (await testDatabases()).owner.query('SELECT status FROM run WHERE id = $1', [runId])
  expect(rows).toEqual([{ status: 'queued' }])
  await resume()
  expect(await ended(shop, runId)).toMatchObject({ status: 'succeeded' })
})
type Shop = Awaited<ReturnType<typeof aShop>>

test('what runs when its tenant is suspended goes back in line, and on afterwards', async () => {
  const owner = await aTenant()
  const scope = scopeFor(parts, { tenant: owner.tenant, actor: owner.user.id })
  const { id } = await publishedWorkflow(scope, {
    nodes: [
      { key: 'start', type: 'trigger.manual' },
      { key: 'rest', type: 'flow.wait', params: { wait: { kind: 'for', amount: 4, unit: 'seconds' } } },
    ],
    wires: ['start -> rest'],
  })
  const api = await callAs(owner, { parts })
  const { runId } = await api.runs.start({ workflowId: id, source: 'published', input: null })
  const tenantId = owner.tenant.id
  await admin.admin.suspend({ tenantId, why: 'Unpaid' })
  expect(await ended({ owner }, runId, 6_000)).toBeNull()
  await admin.admin.resume({ tenantId })
  expect(await ended({ owner }, runId)).toMatchObject({ status: 'succeeded' })
})

test('administrators see who is in line, and which processes there are', async () => {
  const { order, tenantId, id, api } = await aShop()
  await api.workflows.pause({ id })
  await order()
  const queue = await admin.admin.queue()
  expect(queue.paused).toBe(false)
  expect(queue.depthByTenant.find(({ tenant }) => tenant.id === tenantId)).toMatchObject({
    queued: 1,
    running: 0,
  })
  expect((await api.workflows.list({})).items).toMatchObject([{ id, pausedAt: expect.any(String) }])
  expect(await admin.admin.processes()).toMatchObject([
    { role: 'all', pid: process.pid, version: expect.stringMatching(/^\d+\.\d+\.\d+/), alive: true },
  ])
  await admin.admin.setDefaults({ storageMb: 5_000 })
  expect(await admin.admin.defaults()).toMatchObject({ storageMb: 5_000, concurrentRuns: 50 })
  expect((await api.usage.get({ days: 30 })).limits.storageMb).toBe(5_000)
})

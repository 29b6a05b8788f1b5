import { callTRPCProcedure } from '@trpc/server'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '#server/test/databases.ts'
import { aMember, anAdministrator, anApiKey } from '#server/test/factories.ts'
import { procedureTable } from '#server/test/isolation/procedure-table.ts'
import { aWorld, type World } from '#server/test/isolation/world.ts'
import { signedInAs } from '#server/test/sign-in.ts'
import { createContext } from '../context.ts'
import type { Parts } from '../parts.ts'
import { policiesOf } from '../policies.ts'
import { restRoutesList } from '../rest/routes.ts'
import { appRouter } from '../router.ts'
import { callAs, testApp, testParts } from '../test-app.ts'
import { procedureLines, routeLines } from './lines.ts'

const mutations = [...policiesOf(appRouter)].flatMap(([path, { type, policy }]) =>
  type === 'mutation' ? [{ path, policy }] : [],
)
const changes = restRoutesList.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]))

let parts: Parts
let administrator: { id: string }
beforeAll(async () => {
  parts = await testParts({ roles: { worker: false, scheduler: false } })
  administrator = await anAdministrator()
})

async function entriesOf(tenantId: string) {
  const { owner } = await testDatabases()
  const { rows } = await owner.query('SELECT * FROM audit_entry WHERE tenant_id = $1 ORDER BY at, id', [
    tenantId,
  ])
  return rows
}

async function call(path: string, about: { by: { id: string }; slug: string; input: unknown }) {
  const headers = new Headers(await signedInAs(about.by))
  return callTRPCProcedure({
    router: appRouter,
    path,
    ctx: createContext({ parts, requestId: 'asked', headers, slug: about.slug }),
    type: 'mutation',
    getRawInput: async () => about.input,
    signal: undefined,
    batchIndex: 0,
  })
}

test('every change is told in words of its own', () => {
  expect(mutations.map(({ path }) => path).filter((path) => !(path in procedureLines))).toEqual([])
  expect(changes.filter((name) => !(name in routeLines))).toEqual([])
  const known = new Set([...mutations.map(({ path }) => path), ...changes])
  const strays = [...Object.keys(procedureLines), ...Object.keys(routeLines)].filter(
    (name) => !known.has(name),
  )
  expect(strays).toEqual([])
})

/** What a world cannot do as it is, or what tells another tenant than the one it is called in. */
const elsewhere = [
  ...['members.leave', 'me.acceptInvitation', 'tenants.create', 'runs.cancel', 'admin.setDefaults'],
  ...['connections.test', 'connections.oauthStart', 'library.upgrade', 'library.revert'],
]

describe.each(mutations.filter(({ path }) => procedureLines[path] !== null && !elsewhere.includes(path)))(
  '$path',
  ({ path, policy }) => {
    test('leaves one line, with who and what', async () => {
      const world = await aWorld()
      const by = policy === 'admin' ? administrator : world.owner.user
      await call(path, { by, slug: world.slug, input: procedureTable[path]?.input?.(world) })
      const entries = await entriesOf(world.owner.tenant.id)
      expect(entries).toHaveLength(1)
      expect(entries[0]).toMatchObject({
        action: procedureLines[path]?.action,
        actor_kind: policy === 'admin' ? 'admin' : 'user',
        actor_id: by.id,
        request_id: 'asked',
      })
      expect(JSON.stringify(entries)).not.toContain('secret')
    })
  },
)

// The world’s runs have ended.
describe.each(changes.filter((name) => routeLines[name] && name !== 'POST /runs/:id/cancel'))(
  '%s',
  (name) => {
    test('leaves one line, with which key', async () => {
      const app = await testApp(parts)
      const world = await aWorld()
      const { id, key } = await anApiKey({ member: world.owner })
      const [method = '', path = ''] = name.split(' ')
      const ids: Record<string, string> = {
        runs: world.failedRunId,
        tasks: world.taskId,
        attention: world.attentionId,
      }
      const of = ids[path.split('/')[1] ?? ''] ?? world.workflowId
      await app.server.inject({
        method: method as 'POST',
        url: `/api/v1${path.replace(':id', of)}`,
        headers: { authorization: `Bearer ${key}` },
        ...(bodies[name] ? { payload: bodies[name] } : {}),
      })
      const entries = await entriesOf(world.owner.tenant.id)
      expect(entries.map(({ action }) => action)).toEqual([routeLines[name]?.action])
      expect(entries[0]).toMatchObject({ actor_kind: 'api_key', actor_id: id })
    })
  },
)
const bodies: Record<string, object> = {
  'POST /workflows': { name: 'New' },
  'POST /tasks/:id/answer': { value: { approved: true } },
  'POST /runs/:id/replay': { from: 'start' },
  'POST /attention/:id/resolve': { resolution: { how: 'retry' } },
  'POST /attention/resolve': { resolution: { how: 'retry' }, filter: {} },
  'PATCH /workflows/:id': { name: 'Other' },
  'PUT /workflows/:id/draft': { document: { nodes: [], edges: [] } },
}

async function owned(): Promise<World & { api: Awaited<ReturnType<typeof callAs>> }> {
  const world = await aWorld()
  return { ...world, api: await callAs(world.owner, { parts }) }
}

test('what is removed is told by its name, what is made by its id', async () => {
  const { api, owner, workflowId } = await owned()
  await api.workflows.rename({ id: workflowId, name: 'Orders' })
  await api.workflows.remove({ id: workflowId })
  const { id } = await api.workflows.create({ name: 'Invoices' })
  const { items } = await api.audit.list()
  expect(items.map(({ action, subject }) => [action, subject.id, subject.name])).toEqual([
    ['workflow.create', id, 'Invoices'],
    ['workflow.remove', workflowId, 'Orders'],
    ['workflow.rename', workflowId, expect.stringContaining('Workflow')],
  ])
  expect(items[0]?.actor).toMatchObject({ kind: 'user', id: owner.user.id, name: owner.user.name })
})

test('a change that is denied leaves one line with why; one that fails leaves none', async () => {
  const { api, owner, workflowId } = await owned()
  const viewer = await aMember({ tenant: owner.tenant, role: 'viewer' })
  const theirs = await callAs(viewer, { parts })
  await expect(theirs.workflows.publish({ id: workflowId, revision: 1 })).rejects.toThrow()
  await expect(api.workflows.publish({ id: workflowId, revision: 99 })).rejects.toThrow()
  const { items } = await api.audit.list({ search: 'publish' })
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({
    action: 'workflow.publish',
    actor: { id: viewer.user.id },
    subject: { kind: 'workflow', id: workflowId },
    detail: { denied: expect.stringContaining('viewer') },
  })
})

test('a connection’s secret is in no line', async () => {
  const { api, owner } = await owned()
  await api.connections.create({
    name: 'Shop',
    kind: 'http.bearer',
    hosts: ['example.com'],
    fields: { token: 'hunter2hunter2' },
  })
  const entries = await entriesOf(owner.tenant.id)
  expect(entries[0]).toMatchObject({ detail: { name: 'Shop', kind: 'http.bearer', hosts: ['example.com'] } })
  expect(JSON.stringify(entries)).not.toContain('hunter2')
})

test('who signs in or out is told to their tenants, and one who fails once a minute', async () => {
  const app = await testApp(parts)
  const email = `ada-${Date.now()}@example.com`
  const post = (path: string, payload: object, cookie = '') =>
    app.server.inject({
      method: 'POST',
      url: `/api/auth${path}`,
      payload,
      headers: { origin: parts.baseUrl, ...(cookie ? { cookie } : {}) },
    })
  const signedUp = await post('/sign-up/email', { name: 'Ada', email, password: 'correct horse battery' })
  const { id: userId } = signedUp.json().user
  const { owner } = await owned()
  await parts.databases.auth.member.create({
    data: { id: `m${userId}`, organizationId: owner.tenant.id, userId, role: 'editor' },
  })
  for (const password of ['wrong password', 'wrong password', 'correct horse battery']) {
    const answer = await post('/sign-in/email', { email, password })
    const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0]
    if (answer.statusCode === 200) await post('/sign-out', {}, cookie)
  }
  const entries = await entriesOf(owner.tenant.id)
  expect(entries.map(({ action }) => action)).toEqual([
    'session.sign_in_failed',
    'session.sign_in',
    'session.sign_out',
  ])
  expect(JSON.stringify(entries)).not.toContain('battery')
})

test('the log is filtered by action, person and time, and read page by page', async () => {
  const { api, owner } = await owned()
  for (let at = 0; at < 60; at += 1) await api.workflows.create({ name: `W${at}` })
  const first = await api.audit.list({ action: 'workflow' })
  expect(first.items).toHaveLength(50)
  const second = await api.audit.list({ action: 'workflow', cursor: first.next ?? '' })
  expect(second.items).toHaveLength(10)
  expect(second.next).toBeNull()
  expect((await api.audit.list({ action: 'work' })).items).toEqual([])
  expect((await api.audit.list({ actor: 'nobody' })).items).toEqual([])
  expect((await api.audit.list({ actor: owner.user.id, search: 'W59' })).items).toHaveLength(1)
  expect((await api.audit.list({ to: '2020-01-01T00:00:00Z' })).items).toEqual([])
})

test('nobody changes or deletes a line', async () => {
  const { owner, urls } = await testDatabases()
  const { default: pg } = await import('pg')
  await expect(owner.query("UPDATE audit_entry SET action = 'x'")).rejects.toThrow('never changes')
  for (const url of [urls.app, urls.engine, urls.admin]) {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await expect(client.query('DELETE FROM audit_entry')).rejects.toThrow('permission denied')
    await client.end()
  }
})

import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../api/app.ts'
import { restRoutesList } from '../../api/rest/routes.ts'
import { testApp, testParts } from '../../api/test-app.ts'
import { can, type Permission, permissions, roles } from '../../tenants/policy.ts'
import { anApiKey, aTenant } from '../factories.ts'
import { serverOwned } from './procedure-table.ts'
import { aDocument, aWorld, fingerprint, type World } from './world.ts'

interface Entry {
  permission: Permission
  /** What `:id` stands for in that world. */
  id?: (world: World) => string
  body?: Record<string, unknown>
}

const workflow = (world: World) => world.workflowId
const run = (world: World) => world.runId

/** Every route of the public API. One that is missing here, or here and not there, fails a test. */
const table: Record<string, Entry> = {
  'GET /nodes': { permission: 'workflow.read' },
  'GET /workflows': { permission: 'workflow.read' },
  'POST /workflows': { permission: 'workflow.edit', body: { name: 'New' } },
  'POST /workflows/check': { permission: 'workflow.read', body: { document: aDocument } },
  'GET /workflows/:id': { permission: 'workflow.read', id: workflow },
  'PATCH /workflows/:id': { permission: 'workflow.edit', id: workflow, body: { name: 'Taken' } },
  'DELETE /workflows/:id': { permission: 'workflow.edit', id: workflow },
  'PUT /workflows/:id/draft': { permission: 'workflow.edit', id: workflow, body: { document: aDocument } },
  'POST /workflows/:id/check': { permission: 'workflow.read', id: workflow },
  'POST /workflows/:id/publish': { permission: 'workflow.publish', id: workflow, body: { revision: 1 } },
  'POST /workflows/:id/unpublish': { permission: 'workflow.publish', id: workflow },
  'GET /workflows/:id/versions': { permission: 'workflow.read', id: workflow },
  'GET /workflows/:id/versions/:number': { permission: 'workflow.read', id: workflow },
  'POST /workflows/:id/runs': { permission: 'run.start', id: workflow, body: { input: {} } },
  'GET /runs': { permission: 'run.read' },
  'GET /runs/:id': { permission: 'run.read', id: run },
  'GET /runs/:id/steps': { permission: 'run.read', id: run },
  'GET /runs/:id/effects': { permission: 'run.read', id: run },
  'GET /runs/:id/events': { permission: 'run.read', id: run },
  'POST /runs/:id/cancel': { permission: 'run.cancel', id: run, body: { reason: 'x' } },
  'POST /runs/:id/again': { permission: 'run.start', id: run },
  'POST /runs/:id/retry': { permission: 'run.start', id: ({ failedRunId }) => failedRunId },
  'POST /runs/:id/replay': {
    permission: 'run.start',
    id: ({ failedRunId }) => failedRunId,
    body: { from: 'start' },
  },
  'GET /runs/groups': { permission: 'run.read' },
  'GET /tasks': { permission: 'task.read' },
  'GET /tasks/:id': { permission: 'task.read', id: ({ taskId }) => taskId },
  'POST /tasks/:id/answer': {
    permission: 'task.answer',
    id: ({ taskId }) => taskId,
    body: { value: { approved: true } },
  },
  'GET /attention': { permission: 'run.read' },
  'GET /attention/:id': { permission: 'run.read', id: ({ attentionId }) => attentionId },
  'POST /attention/:id/resolve': {
    permission: 'attention.resolve',
    id: ({ attentionId }) => attentionId,
    body: { resolution: { how: 'fail' } },
  },
  'POST /attention/resolve': {
    permission: 'attention.resolve',
    body: { resolution: { how: 'retry' }, filter: {} },
  },
  'GET /jobs/:id': { permission: 'run.read', id: ({ bulkJobId }) => bulkJobId },
  'GET /audit': { permission: 'audit.view' },
  'GET /usage': { permission: 'run.read' },
}
const routes = Object.entries(table).map(([name, entry]) => ({ name, entry }))
const naming = routes.filter(({ entry }) => entry.id)
const writing = routes.filter(({ entry }) => entry.body)

let app: App
let ours: World
let theirs: World
let key: string
beforeAll(async () => {
  app = await testApp(await testParts({ roles: { worker: false, scheduler: false } }))
  ours = await aWorld()
  theirs = await aWorld()
  key = (await anApiKey({ member: ours.owner })).key
})

async function send(about: { name: string; id?: string; key?: string; body?: object; query?: string }) {
  const [method = '', path = ''] = about.name.split(' ')
  const url = path.replace(':id', about.id ?? 'none').replace(':number', '1')
  const answer = await app.server.inject({
    method: method as 'GET',
    url: `/api/v1${url}${about.query ?? ''}`,
    headers: about.key ? { authorization: `Bearer ${about.key}` } : {},
    payload: about.body,
  })
  const body = answer.body === '' ? null : answer.json()
  if (body?.requestId) delete body.requestId
  return { status: answer.statusCode, body }
}

test('the table has every route, with the permission it declares', () => {
  const declared = restRoutesList.map(({ method, path, permission }) => [`${method} ${path}`, permission])
  const listed = routes.map(({ name, entry }) => [name, entry.permission])
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(listed))
})

test('what changes something asks for more than reading', () => {
  const changing = routes.filter(({ name }) => !name.startsWith('GET') && !name.endsWith('/check'))
  expect(changing.length).toBeGreaterThan(5)
  expect(changing.filter(({ entry }) => entry.permission.endsWith('.read'))).toEqual([])
})

describe.each(naming)('$name', ({ name, entry }) => {
  test('answers about theirs as about nothing, and touches nothing', async () => {
    const before = await fingerprint(theirs.owner.tenant.id)
    const asked = await send({ name, key, id: entry.id?.(theirs), body: entry.body })
    const nothing = await send({ name, key, id: randomUUID(), body: entry.body })
    expect(asked).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(asked).toEqual(nothing)
    expect(await fingerprint(theirs.owner.tenant.id)).toEqual(before)
  })
})

describe.each(routes)('$name', ({ name, entry }) => {
  const at = { name, id: randomUUID(), body: entry.body }

  test('needs a key', async () => {
    const refused = { status: 401, body: { code: 'signed_out' } }
    expect(await send(at)).toMatchObject(refused)
    expect(await send({ ...at, key: `trama_${'0'.repeat(43)}` })).toMatchObject(refused)
    expect(await send({ ...at, key: `${key}x` })).toMatchObject(refused)
  })

  test('needs the scope, and no other', async () => {
    const others = permissions.filter((permission) => permission !== entry.permission)
    const member = await aTenant()
    const without = await anApiKey({ member, scopes: others })
    const only = await anApiKey({ member, scopes: [entry.permission] })
    expect(await send({ ...at, key: without.key })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
    expect([200, 201, 404]).toContain((await send({ ...at, key: only.key })).status)
  })

  test.each(roles)('does for a maker who is %s now what their role allows', async (role) => {
    const maker = await aTenant({ role })
    const all = { ...maker, member: { ...maker.member, role: 'owner' } }
    const { status } = await send({ ...at, key: (await anApiKey({ member: all })).key })
    expect(status === 403).toBe(!can(role, entry.permission))
  })

  test('gives nothing that is theirs', async () => {
    const text = JSON.stringify(await send({ ...at, key }))
    const { owner, ...ids } = theirs
    for (const id of [...Object.values(ids), owner.tenant.id, owner.user.id]) expect(text).not.toContain(id)
  })

  test('refuses a query it does not know', async () => {
    const answer = await send({ ...at, key, query: '?tenantId=x' })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid', issues: [{ path: 'tenantId' }] } })
  })
})

describe.each(writing)('$name', ({ name, entry }) => {
  test('refuses fields that are the server’s, by name', async () => {
    const world = await aWorld()
    const own = (await anApiKey({ member: world.owner })).key
    const before = await fingerprint(world.owner.tenant.id)
    for (const field of serverOwned.filter((one) => !(one in (entry.body ?? {})))) {
      const body = { ...entry.body, [field]: 'x' }
      const answer = await send({ name, key: own, id: entry.id?.(world), body })
      expect(answer, field).toMatchObject({ status: 400, body: { issues: [{ path: field }] } })
    }
    expect(await fingerprint(world.owner.tenant.id)).toEqual(before)
  })
})

test('the inputs of the table are good: a key of the tenant gets through with them', async () => {
  const refused: Record<string, unknown> = {}
  for (const { name, entry } of routes) {
    const world = await aWorld()
    const own = (await anApiKey({ member: world.owner })).key
    const answer = await send({ name, key: own, id: entry.id?.(world), body: entry.body })
    if (answer.status >= 300) refused[name] = answer.body.message
  }
  expect(refused).toEqual({ 'POST /runs/:id/cancel': 'This run has already ended' })
})

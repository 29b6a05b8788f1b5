import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApiKey } from '#server/api-keys/create.ts'
import { removeMember } from '#server/tenants/members.ts'
import { aMember, aTenant, type TestMember } from '#server/test/factories.ts'
import type { App } from '../app.ts'
import type { Parts } from '../parts.ts'
import { drawing, keyOf, testApp, testParts } from '../test-app.ts'
import { restRoutesList } from './routes.ts'

let parts: Parts
let owner: TestMember
let app: App
let key: string
beforeAll(async () => {
  parts = await testParts()
  owner = await aTenant()
  app = await testApp(parts)
  key = (await keyOf(owner, { parts })).authorization
})

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Calls the API and holds every answer to the schema that the documentation shows. */
async function call(
  method: Method,
  url: string,
  about: { body?: object; key?: string; headers?: object } = {},
) {
  const answer = await app.server.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: about.key ?? key, ...about.headers },
    ...(about.body ? { payload: about.body } : {}),
  })
  const body = answer.body ? answer.json() : undefined
  if (answer.statusCode < 300) {
    const [path = ''] = url.split('?')
    const route = restRoutesList.find(
      (route) =>
        route.method === method && new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
    )
    expect(answer.statusCode).toBe(route?.isUnderWay?.(body) ? 202 : route?.status)
    route?.reply.parse(body)
  }
  return { status: answer.statusCode, body }
}

const greeting = drawing({
  nodes: [
    { key: 'start', type: 'trigger.manual' },
    {
      key: 'greet',
      type: 'data.set',
      params: { fields: [{ name: 'text', value: { expr: "'Hello ' + trigger.name" } }] },
    },
  ],
  wires: ['start -> greet'],
})
const slow = drawing({
  nodes: [
    { key: 'start', type: 'trigger.manual' },
    { key: 'rest', type: 'flow.wait', params: { wait: { kind: 'for', amount: 1, unit: 'hours' } } },
  ],
  wires: ['start -> rest'],
})

async function published(document: object) {
  const { body } = await call('POST', '/workflows', { body: { name: 'W', document } })
  const answer = await call('POST', `/workflows/${body.id}/publish`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return String(body.id)
}

test('a workflow’s life: create, read, replace, check, publish, run, list, unpublish, delete', async () => {
  const { body: created } = await call('POST', '/workflows', { body: { name: 'Greeter' } })
  const at = `/workflows/${created.id}`
  expect(await call('PUT', `${at}/draft`, { body: { document: greeting, revision: 1 } })).toMatchObject({
    body: { revision: 2 },
  })
  expect(await call('PUT', `${at}/draft`, { body: { document: greeting, revision: 1 } })).toMatchObject({
    status: 409,
    body: { code: 'conflict', details: { revision: 2 } },
  })
  expect(await call('PUT', `${at}/draft`, { body: { document: greeting } })).toMatchObject({
    body: { revision: 3 },
  })
  expect(await call('PATCH', at, { body: { description: 'Says hello' } })).toMatchObject({ status: 204 })
  expect((await call('GET', at)).body).toMatchObject({
    name: 'Greeter',
    description: 'Says hello',
    draft: greeting,
  })
  expect((await call('POST', `${at}/check`)).body).toEqual({ problems: [] })
  expect((await call('POST', '/workflows/check', { body: { document: greeting } })).body).toEqual({
    problems: [],
  })
  expect(await call('POST', `${at}/runs`)).toMatchObject({ status: 409 })
  expect((await call('POST', `${at}/publish`, { body: { revision: 3 } })).body).toEqual({ version: 1 })
  expect((await call('GET', `${at}/versions`)).body.items).toMatchObject([{ number: 1, isPublished: true }])
  expect((await call('GET', `${at}/versions/1`)).body.document).toEqual(greeting)
  const run = await call('POST', `${at}/runs?wait=20`, { body: { input: { name: 'Ada' } } })
  expect(run).toMatchObject({
    status: 200,
    body: { status: 'succeeded', output: { text: 'Hello Ada' }, failure: null },
  })
  expect((await call('GET', '/workflows?search=greet')).body.items).toMatchObject([
    { name: 'Greeter', lastRun: { id: run.body.runId, status: 'succeeded' } },
  ])
  expect((await call('GET', `/runs/${run.body.runId}`)).body.run).toMatchObject({
    startedBy: 'api',
    version: 1,
    input: { name: 'Ada' },
  })
  expect((await call('GET', `/runs/${run.body.runId}/steps`)).body.items).toMatchObject([
    {
      step: 'greet',
      node: 'greet',
      status: 'succeeded',
      attempts: 1,
      port: 'out',
      output: { text: 'Hello Ada' },
    },
  ])
  const events = (await call('GET', `/runs/${run.body.runId}/events`)).body.items
  expect(events.at(0)).toMatchObject({ seq: 1, event: { type: 'run.started' } })
  expect(events.at(-1)).toMatchObject({ event: { type: 'run.finished', status: 'succeeded' } })
  const again = await call('POST', `/runs/${run.body.runId}/again`)
  await parts.runtime.result({ tenantId: owner.tenant.id, runId: again.body.runId, waitMs: 20_000 })
  expect((await call('GET', `/runs/${again.body.runId}`)).body.run).toMatchObject({
    output: { text: 'Hello Ada' },
  })
  expect(await call('POST', `${at}/unpublish`)).toMatchObject({ status: 204 })
  expect(await call('DELETE', at)).toMatchObject({ status: 204 })
  expect(await call('GET', at)).toMatchObject({ status: 404 })
  expect(await call('GET', `/runs/${run.body.runId}`)).toMatchObject({ status: 404 })
})

test('an unfinished run keeps its workflow, and can be cancelled once', async () => {
  const id = await published(slow)
  const { body: started } = await call('POST', `/workflows/${id}/runs`)
  expect(await call('DELETE', `/workflows/${id}`)).toMatchObject({
    status: 409,
    body: { details: { unfinished: 1 } },
  })
  expect(await call('POST', `/runs/${started.runId}/cancel`, { body: { reason: 'Enough' } })).toMatchObject({
    status: 204,
  })
  const result = await parts.runtime.result({
    tenantId: owner.tenant.id,
    runId: started.runId,
    waitMs: 20_000,
  })
  expect(result).toMatchObject({ status: 'cancelled' })
  expect(await call('POST', `/runs/${started.runId}/cancel`)).toMatchObject({ status: 409 })
  expect(await call('DELETE', `/workflows/${id}`)).toMatchObject({ status: 204 })
})

test('a repeated Idempotency-Key gives the first one’s run', async () => {
  const id = await published(greeting)
  const start = () =>
    call('POST', `/workflows/${id}/runs`, { body: { input: {} }, headers: { 'idempotency-key': 'k' } })
  const [one, other] = await Promise.all([start(), start()])
  expect(one.body.runId).toBe(other.body.runId)
  expect((await call('GET', `/runs?workflowId=${id}`)).body.items).toHaveLength(1)
})

test('runs are listed by filter, page by page', async () => {
  const id = await published(greeting)
  for (let count = 0; count < 7; count += 1)
    await call('POST', `/workflows/${id}/runs?wait=20`, { body: { input: { name: String(count) } } })
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await call(
      'GET',
      `/runs?workflowId=${id}&status=succeeded,failed&startedBy=api&limit=3${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...body.items.map((run: { id: string }) => run.id))
    cursor = body.next ?? ''
  } while (cursor)
  expect(new Set(seen).size).toBe(7)
  expect([...seen].sort().reverse()).toEqual(seen)
  expect((await call('GET', `/runs?workflowId=${id}&status=failed`)).body).toEqual({ items: [], next: null })
})

describe('keys', () => {
  test.each(['', 'Bearer', 'Bearer nonsense', `Bearer trama_${'x'.repeat(43)}`, 'Basic dTpw'])(
    '%j opens nothing',
    async (bad) => {
      const answer = await call('GET', '/workflows', { key: bad })
      expect(answer).toMatchObject({ status: 401, body: { code: 'signed_out' } })
    },
  )

  test('a session does not stand in for a key', async () => {
    const { signedInAs } = await import('#server/test/sign-in.ts')
    const answer = await app.server.inject({
      url: '/api/v1/workflows',
      headers: await signedInAs(owner.user),
    })
    expect(answer.statusCode).toBe(401)
  })

  test('each route asks for its scope and for nothing else', async () => {
    for (const route of restRoutesList) {
      const without = await keyOf(owner, { parts, scopes: ['tenant.read'] })
      const url = route.path.replace(':id', '0198c2f0-0000-7000-8000-000000000000').replace(':number', '1')
      const refused = await call(route.method, url, { key: without.authorization })
      expect([route.path, refused.status]).toEqual([route.path, 403])
      const having = await keyOf(owner, { parts, scopes: [route.permission] })
      const allowed = await call(route.method, url, { key: having.authorization })
      expect([200, 201, 400, 404]).toContain(allowed.status)
      for (const { id } of [without, having]) await parts.apiKeys.revoke({ tenantId: owner.tenant.id, id })
    }
  })

  test('a revoked key is refused at once', async () => {
    const { authorization, id } = await keyOf(owner, { parts })
    expect((await call('GET', '/nodes', { key: authorization })).status).toBe(200)
    await parts.apiKeys.revoke({ tenantId: owner.tenant.id, id })
    expect((await call('GET', '/nodes', { key: authorization })).status).toBe(401)
  })

  test('the key of one who left opens nothing any more', async () => {
    const editor = await aMember({ tenant: owner.tenant, role: 'editor' })
    const { key: raw } = await createApiKey(parts.databases.app, {
      tenantId: owner.tenant.id,
      maker: { userId: editor.user.id, role: 'editor' },
      name: 'Leaver',
      scopes: ['workflow.read'],
    })
    expect((await call('GET', '/workflows', { key: `Bearer ${raw}` })).status).toBe(200)
    await removeMember(parts.databases.auth, {
      acting: { tenantId: owner.tenant.id, userId: owner.user.id, role: 'owner' },
      memberId: editor.member.id,
    })
    parts.apiKeys.forget()
    expect((await call('GET', '/workflows', { key: `Bearer ${raw}` })).status).toBe(401)
  })

  test('another tenant’s key sees nothing, in the words for what does not exist', async () => {
    const id = await published(greeting)
    const { authorization } = await keyOf(await aTenant(), { parts })
    const foreign = await call('GET', `/workflows/${id}`, { key: authorization })
    const random = await call('GET', '/workflows/0198c2f0-0000-7000-8000-000000000000', {
      key: authorization,
    })
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...random.body, requestId: '' })
    expect(foreign.status).toBe(404)
    expect((await call('GET', '/workflows', { key: authorization })).body).toEqual({ items: [], next: null })
  })
})

describe('the description', () => {
  const Operation = z.looseObject({
    operationId: z.string(),
    responses: z.record(z.string(), z.looseObject({})),
  })
  test('names every route once, without a dangling reference', async () => {
    const document = (await app.server.inject('/api/v1/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    const operations = Object.values(
      z.record(z.string(), z.record(z.string(), Operation)).parse(document.paths),
    ).flatMap((methods) => Object.values(methods))
    expect(operations).toHaveLength(restRoutesList.length)
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    const text = JSON.stringify(document)
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(Object.keys(document.components.schemas)).toContain(name)
    expect(text).not.toContain('#/$defs')
    expect(document.paths['/api/v1/workflows/{id}/runs'].post).toMatchObject({
      parameters: [
        { name: 'id', in: 'path', required: true },
        { name: 'wait', in: 'query', required: false },
        { name: 'Idempotency-Key', in: 'header', required: false },
      ],
      requestBody: { required: false },
    })
  })

  test('the document has a JSON Schema of its own', async () => {
    const schema = (await app.server.inject('/api/v1/workflow-document.schema.json')).json()
    expect(schema).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['nodes', 'edges'],
      properties: { nodes: { type: 'array', maxItems: 2_000 } },
    })
  })
})

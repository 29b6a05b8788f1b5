import { beforeAll, expect, test } from 'vitest'
import type { App } from '../../api/app.ts'
import { anonymousProcedures, anonymousRoutes } from '../../api/policies.ts'
import { testApp, testParts } from '../../api/test-app.ts'
import { testBaseUrl } from '../sign-in.ts'
import { procedureTable } from './procedure-table.ts'
import { aWorld, type World } from './world.ts'

let app: App
let world: World
beforeAll(async () => {
  app = await testApp(await testParts({ roles: { worker: false, scheduler: false } }))
  world = await aWorld()
})

const origin = { origin: testBaseUrl }
const filled = (url: string) =>
  url
    .replace(':tenant', world.slug)
    .replace(':id', url.includes('/runs/') ? world.runId : world.workflowId)
    .replace(':number', '1')
    .replace('*', 'anything')

// By hand: who is nobody gets an answer here, and nowhere else.
const answering = [
  'GET /api/auth/get-session',
  'GET /api/health',
  'GET /api/v1/openapi.json',
  'GET /api/v1/workflow-document.schema.json',
  'POST /api/auth/sign-out',
]

test('nobody gets an answer from these routes only', async () => {
  const answered: string[] = []
  for (const { method, url } of app.routes) {
    for (const one of method === 'ANY' ? (['GET', 'POST'] as const) : method.split(',')) {
      const payload = one === 'GET' || one === 'DELETE' ? undefined : {}
      const request = { method: one as 'GET', url: filled(url), headers: origin, payload }
      const { statusCode } = await app.server.inject(request)
      expect(statusCode, `${one} ${url}`).toBeLessThan(500)
      if (statusCode < 400) answered.push(`${one} ${url}`)
    }
  }
  expect(app.routes.length).toBeGreaterThan(25)
  expect(answered.sort()).toEqual(answering)
})

test('the routes that let anybody in are these', () => {
  const open = app.routes.filter(({ policy }) => policy === 'anonymous' || policy === 'own')
  const listed = open
    .map(({ method, url }) => `${method} ${url}`)
    .filter((name) => !name.includes('/api/auth/'))
  // `GET /*` is the built client, which this test does not have.
  expect(listed.sort()).toEqual(anonymousRoutes.filter((name) => name !== 'GET /*').sort())
  expect(anonymousRoutes).toHaveLength(6)
  expect(open.filter(({ url }) => url.includes('/api/auth/')).map(({ url }) => url.slice(10))).toEqual([
    'sign-up/email',
    'sign-in/email',
    'sign-out',
    'change-password',
    'get-session',
    'list-sessions',
    'revoke-session',
    'revoke-other-sessions',
  ])
})

test('nobody gets an answer from these procedures only', async () => {
  const answered: string[] = []
  for (const [path, entry] of Object.entries(procedureTable)) {
    const input = JSON.stringify(entry.input?.(world) ?? null)
    for (const slug of ['_', world.slug]) {
      const base = `/api/trpc/${slug}/${path}`
      const asked = await app.server.inject(entry.input ? `${base}?input=${encodeURIComponent(input)}` : base)
      const posted = await app.server.inject({
        method: 'POST',
        url: base,
        headers: { ...origin, 'content-type': 'application/json' },
        payload: input,
      })
      // A stream has begun with 200 before it can say why it ends.
      const given = [asked, posted].filter(({ body }) => !body.includes('event: serialized-error'))
      if (given.some(({ statusCode }) => statusCode < 400)) answered.push(path)
    }
  }
  expect([...new Set(answered)].sort()).toEqual(['me.get', 'me.invitation'])
  expect([...anonymousProcedures].sort()).toEqual(['me.get', 'me.invitation'])
})

test.each([
  '/api/v1/workflows/configs',
  '/api/v1/workflows/openapi.json',
  '/api/v1/openapi.json/../workflows',
  '/api/v1/openapi.json/workflows',
  '/api/health/../v1/workflows',
  '/api/health/workflows',
  '//api/v1/workflows',
  '/api//v1/workflows',
  '/api/./v1/workflows',
  '/api/v1%2fworkflows',
  '/api/v1/%77orkflows',
  '/api/v1/workflows;a=openapi.json',
  '/api/v1/workflows?a=/api/health',
  '/api/v1/workflows#/api/health',
  '/API/V1/WORKFLOWS',
  '/api/v1/workflows/',
  '/api/v1/workflows.',
  '/api/v1/workflows%00',
  '/api/v1/workflows%20',
  '/api/auth/sign-in/email/../../../v1/workflows',
])('no way round: %s', async (url) => {
  const { statusCode, body } = await app.server.inject({ url })
  expect([400, 401, 404]).toContain(statusCode)
  expect(body).not.toContain(world.workflowId)
})

test.each([
  { 'x-http-method-override': 'GET' },
  { 'x-original-url': '/api/health' },
  { 'x-rewrite-url': '/api/health' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-forwarded-prefix': '/api/health' },
  { 'x-user-id': 'admin', 'x-tenant-id': 'any' },
  { authorization: 'Basic YWRtaW46YWRtaW4=' },
  { authorization: 'Bearer ' },
  { authorization: 'Bearer undefined' },
])('no header opens a door: %o', async (headers) => {
  const { statusCode } = await app.server.inject({ url: '/api/v1/workflows', headers: { ...headers } })
  expect(statusCode).toBe(401)
})

test('an open procedure in a batch opens none beside it', async () => {
  const url = `/api/trpc/${world.slug}/me.get,workflows.list,members.list?batch=1&input=${encodeURIComponent('{}')}`
  const { body } = await app.server.inject({ url })
  expect(body).toContain('"user":null')
  expect(body.match(/"signed_out"/g)).toHaveLength(2)
  expect(body).not.toContain(world.workflowId)
})

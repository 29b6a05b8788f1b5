import Fastify from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { can, type Permission, permissions } from '#server/tenants/policy.ts'
import type { App } from './app.ts'
import { anonymousProcedures, anonymousRoutes, policiesOf, requirePolicies } from './policies.ts'
import { appRouter } from './router.ts'
import { testApp, testParts } from './test-app.ts'
import { anonymousProcedure, memberProcedure, router } from './trpc.ts'

let app: App
beforeAll(async () => {
  app = await testApp(await testParts({ roles: { worker: false, scheduler: false } }))
})

test('the anonymous routes are exactly the list', () => {
  const anonymous = app.routes.filter(({ policy }) => policy === 'anonymous')
  const expected = anonymousRoutes.filter((route) => route !== 'GET /*')
  expect(anonymous.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([...expected].sort())
})

test('the anonymous procedures are exactly the list', () => {
  const anonymous = [...policiesOf(appRouter)].filter(([, { policy }]) => policy === 'anonymous')
  expect(anonymous.map(([path]) => path).sort()).toEqual([...anonymousProcedures].sort())
})

test('no change is guarded by a permission to read, and every viewer’s permission is to read', () => {
  const isReading = (policy: string) => policy.endsWith('.read')
  // Whom a task asks, it says itself.
  for (const permission of permissions.filter((one) => one !== 'task.answer'))
    expect([permission, can('viewer', permission)]).toEqual([permission, isReading(permission)])
  const changes = [...policiesOf(appRouter)].filter(([, { type }]) => type === 'mutation')
  expect(changes.filter(([, { policy }]) => isReading(policy))).toEqual([])
  // Checking a document changes nothing, though its document travels in a body.
  const writes = app.routes.filter(
    ({ method, url }) => method !== 'GET' && !url.endsWith('/check') && url.startsWith('/api/v1'),
  )
  expect(writes.length).toBeGreaterThan(8)
  expect(writes.filter(({ policy }) => isReading(policy))).toEqual([])
})

test('a route or a procedure without a policy stops the start-up', async () => {
  const server = Fastify()
  requirePolicies(server)
  expect(() => server.get('/open', async () => 'x')).toThrow('declares no policy')
  expect(() => server.get('/other', { config: { policy: 'anonymous' } }, async () => 'x')).toThrow(
    'not in the list',
  )
  await server.close()
  const careless = router({ open: anonymousProcedure.query(() => 1) })
  expect(() => policiesOf(careless)).toThrow('not in the list')
  const policy: Permission = 'run.read'
  expect(policiesOf(router({ closed: memberProcedure(policy).query(() => 1) })).get('closed')).toEqual({
    type: 'query',
    policy,
  })
})

test.each([
  '/api/v1/workflows/x/openapi.json',
  '/api/v1//openapi.json',
  '/api/v1/workflows%2f..%2fopenapi.json',
  '/API/V1/workflows',
  '/api/v1/workflows;a=openapi.json',
  '/api/v1/workflows.',
])('nobody in particular gets nothing at %s', async (url) => {
  for (const headers of [{}, { 'x-original-url': '/api/health', 'x-http-method-override': 'GET' }]) {
    const { statusCode } = await app.server.inject({ url, headers })
    expect([401, 404]).toContain(statusCode)
  }
})

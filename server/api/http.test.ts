import { beforeAll, describe, expect, test } from 'vitest'
import { aTenant } from '#server/test/factories.ts'
import { signedInAs, testBaseUrl } from '#server/test/sign-in.ts'
import type { App } from './app.ts'
import { testApp, testParts } from './test-app.ts'

let app: App
let logged: string[]
beforeAll(async () => {
  const parts = await testParts()
  logged = parts.logged
  app = await testApp(parts)
})

describe('headers of every answer', () => {
  test.each([
    '/api/health',
    '/api/v1/openapi.json',
    '/api/nothing',
    '/hooks/nobody/nothing',
    '/api/trpc/_/me.get',
  ])('%s', async (url) => {
    const { headers } = await app.server.inject({ url, headers: { origin: 'https://evil.example' } })
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-request-id']).toMatch(/^[a-z0-9]{20}$/)
    expect(headers['content-security-policy']).toMatch(/^sandbox$|default-src 'self'/)
    expect(headers['content-security-policy']).not.toContain("script-src 'self' 'unsafe")
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers['content-type']).toMatch(/^application\/json/)
  })
})

test('health tells what works', async () => {
  const answer = await app.server.inject('/api/health')
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual({ ok: true, database: true, queue: true, worker: 'on' })
})

test('an unknown address is told as what it is, with the request to quote', async () => {
  const answer = await app.server.inject('/api/v1/nothing')
  expect(answer.statusCode).toBe(404)
  expect(answer.json()).toEqual({
    code: 'not_found',
    message: 'There is nothing here',
    requestId: answer.headers['x-request-id'],
  })
})

test.each(['/api/%', '/api/v1/workflows/%E0%A4%A', `/api/v1/workflows/${'x'.repeat(3_000)}`])(
  'a broken address is refused: %.40s',
  async (url) => {
    const answer = await app.server.inject(url)
    expect([400, 401, 404, 414]).toContain(answer.statusCode)
    expect(answer.json()).toMatchObject({ code: expect.any(String), requestId: expect.any(String) })
  },
)

describe('changes that a cookie vouches for', () => {
  const send = async (headers: Record<string, string>, payload = '{"name":"A"}') => {
    const owner = await aTenant()
    const cookie = await signedInAs(owner.user)
    return app.server.inject({
      method: 'POST',
      url: `/api/trpc/${owner.tenant.slug}/workflows.create`,
      headers: { ...cookie, 'content-type': 'application/json', ...headers },
      payload,
    })
  }

  test('are taken from our own pages', async () => {
    const answer = await send({ origin: testBaseUrl })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json()).toEqual({ result: { data: { id: expect.any(String) } } })
  })

  test.each<Record<string, string>>([
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: `${testBaseUrl}.evil.example` },
  ])('are refused from %o', async (headers) => {
    const answer = await send(headers)
    expect(answer.statusCode).toBe(403)
    expect(answer.json().code).toBe('forbidden')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'are refused as %s',
    async (type) => {
      const answer = await send({ origin: testBaseUrl, 'content-type': type })
      expect(answer.statusCode).toBe(415)
    },
  )

  test('are not taken with GET', async () => {
    const owner = await aTenant()
    const answer = await app.server.inject({
      url: `/api/trpc/${owner.tenant.slug}/workflows.create?input=${encodeURIComponent('{"name":"A"}')}`,
      headers: await signedInAs(owner.user),
    })
    expect(answer.statusCode).toBe(405)
  })
})

test('a batch of more procedures than the client ever sends is refused', async () => {
  const paths = Array.from({ length: 50 }, () => 'me.get').join(',')
  const answer = await app.server.inject(`/api/trpc/_/${paths}?batch=1&input=%7B%7D`)
  expect(answer.statusCode).toBe(400)
})

test('nothing of all this was a bug of ours', () => {
  expect(logged).toEqual([])
})

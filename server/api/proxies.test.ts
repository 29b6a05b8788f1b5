import { afterAll, expect, test } from 'vitest'
import { createApp } from './app.ts'
import { testParts } from './test-app.ts'

const parts = await testParts()
const { server } = await createApp(parts, { trustedProxies: ['10.0.0.0/8'] })
afterAll(() => server.close())

/** How many requests the address that the server believes in has left. */
async function left(remoteAddress: string, forwarded: string) {
  const headers = { 'x-forwarded-for': forwarded }
  const answer = await server.inject({ url: '/api/v1/openapi.json', remoteAddress, headers })
  return Number(answer.headers['x-ratelimit-remaining'])
}

test('a trusted proxy says who calls', async () => {
  const first = await left('10.0.0.5', '203.0.113.1')
  expect(await left('10.0.0.6', '203.0.113.1')).toBe(first - 1)
  expect(await left('10.0.0.5', '203.0.113.2')).toBe(first)
  // What the caller wrote before the proxy's own word does not count.
  expect(await left('10.0.0.5', '198.51.100.7, 203.0.113.2')).toBe(first - 1)
})

test('nobody else does', async () => {
  const first = await left('192.0.2.9', '203.0.113.3')
  expect(await left('192.0.2.9', '203.0.113.4')).toBe(first - 1)
})

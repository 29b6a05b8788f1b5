import { expect, test } from 'vitest'
import { freePort } from '#server/db/embedded-postgres.ts'
import { openDatabases } from '#server/db/open.ts'
import { aTenant } from '#server/test/factories.ts'
import { createApp } from './app.ts'
import { keyOf, testParts } from './test-app.ts'

test('without its database the server says so: 503, come back later', async () => {
  const parts = await testParts({ roles: { worker: false, scheduler: false } })
  const { authorization } = await keyOf(await aTenant(), { parts })
  const url = `postgresql://nobody:x@127.0.0.1:${await freePort()}/nothing`
  const databases = openDatabases({ app: url, auth: url, engine: url, admin: url, listen: url })
  const { server } = await createApp({ ...parts, databases })
  const hook = await server.inject({ method: 'POST', url: '/hooks/acme/orders' })
  expect(hook.statusCode, hook.body).toBe(503)
  expect(hook.json()).toMatchObject({ code: 'unavailable' })
  expect(hook.headers['retry-after']).toBe('2')
  const list = await server.inject({ url: '/api/v1/workflows', headers: { authorization } })
  expect(list.statusCode, list.body).toBe(503)
  expect((await server.inject('/api/health')).json()).toMatchObject({ ok: false, database: false })
  await server.close()
  await databases.close()
})

import { expect, test } from 'vitest'
import type { HttpRequest } from '#nodes/kit/http.ts'
import { egress, failure, ok, serve } from './test-servers.ts'

const connection = {
  hosts: ['api.service.test'],
  attach: (request: HttpRequest) => ({
    ...request,
    headers: { ...request.headers, authorization: 'secret' },
  }),
}

test('a service is reached at the address the operator gave, with its path, query and credential', async () => {
  const { seen, port } = await serve(ok)
  const services = [{ host: 'api.service.test', origin: `http://127.0.0.1:${port}` }]
  await egress({ services }).request({ url: 'https://api.service.test/v1/a?b=c', connection })
  expect(seen).toMatchObject([{ url: '/v1/a?b=c', headers: { authorization: 'secret' } }])
})

test('names below a domain', async () => {
  const { seen, port } = await serve(ok)
  const client = egress({ services: [{ host: '*.db.test', origin: `http://127.0.0.1:${port}` }] })
  await client.request({ url: 'https://mine.db.test/rest' })
  expect(seen).toMatchObject([{ url: '/rest' }])
})

test('a mirror that is not public has to be allowed like any other target', async () => {
  const { seen, port } = await serve(ok)
  const services = [{ host: 'api.service.test', origin: `http://127.0.0.1:${port}` }]
  const client = egress({ services, allow: [] })
  expect(await failure({ url: 'https://api.service.test/' }, client)).toMatchObject({
    code: 'egress_blocked',
  })
  expect(seen).toEqual([])
})

test('a credential goes to the mirror only when the address asked for is one of its hosts', async () => {
  const { seen, port } = await serve(ok)
  const client = egress({ services: [{ host: 'other.test', origin: `http://127.0.0.1:${port}` }] })
  expect(await failure({ url: 'https://other.test/', connection }, client)).toMatchObject({
    code: 'connection_host_denied',
  })
  expect(seen).toEqual([])
})

import type http from 'node:http'
import { describe, expect, test } from 'vitest'
import type { EgressRequest } from './client.ts'
import { egress, failure, ok, serve } from './test-servers.ts'

describe('redirects', () => {
  const to =
    (location: string, status = 302): http.RequestListener =>
    (_, response) => {
      response.writeHead(status, { location })
      response.end()
    }

  test('are followed and checked on every hop', async () => {
    const end = await serve(ok)
    const start = await serve(to(`http://b.test:${end.port}/next`))
    expect((await egress().request({ url: `http://a.test:${start.port}` })).body).toBe('ok')
    for (const target of [
      'http://169.254.169.254/latest',
      'http://[::1]',
      'file:///etc/passwd',
      'http://10.0.0.1:5432',
    ]) {
      const hostile = await serve(to(target))
      const { code } = await failure({ url: `http://a.test:${hostile.port}` })
      expect(['egress_blocked', 'invalid_url']).toContain(code)
    }
  })

  test('have an end', async () => {
    const loop = await serve(to('/again'))
    expect(await failure({ url: `http://a.test:${loop.port}` })).toMatchObject({ code: 'too_many_redirects' })
    expect(loop.seen).toHaveLength(6)
  })

  test.each([
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'body'],
    [308, 'POST', 'body'],
  ])('%i goes on as %s', async (status, method, body) => {
    const end = await serve(ok)
    const start = await serve(to(`http://a.test:${end.port}/`, status))
    await egress().request({ method: 'POST', url: `http://a.test:${start.port}`, body: 'body' })
    expect(end.seen).toMatchObject([{ method, body }])
  })

  test('drop every header that could be a secret on another origin (SS-09)', async () => {
    const end = await serve(ok)
    const start = await serve(to(`http://b.test:${end.port}/`))
    const headers = { Authorization: 'secret', Cookie: 'secret', 'X-Api-Key': 'secret', Accept: 'text/plain' }
    await egress().request({ url: `http://a.test:${start.port}`, headers })
    expect(JSON.stringify(start.seen)).toContain('secret')
    expect(JSON.stringify(end.seen)).not.toContain('secret')
    expect(end.seen[0]?.headers.accept).toBe('text/plain')
  })
})

describe('a connection', () => {
  const connection = (hosts: string[]) => ({
    hosts,
    attach: (request: EgressRequest) => ({
      ...request,
      headers: { ...request.headers, authorization: 'Bearer secret' },
    }),
  })

  test.each([
    [['a.test'], true],
    [['A.TEST.'], true],
    [['*.test'], true],
    [['*.a.test'], false],
    [['b.test'], false],
    [['test'], false],
    [[], false],
  ])('bound to %j', async (hosts, sent) => {
    const { seen, port } = await serve(ok)
    const request = { url: `http://a.test:${port}`, connection: connection(hosts) }
    if (sent) {
      await egress().request(request)
      expect(seen[0]?.headers.authorization).toBe('Bearer secret')
    } else {
      expect(await failure(request)).toMatchObject({ code: 'connection_host_denied' })
      expect(seen).toEqual([])
    }
  })

  test('is left behind by a redirect elsewhere, also when that leads back', async () => {
    const back = await serve(ok)
    const away = await serve((_, response) => {
      response.writeHead(302, { location: `http://a.test:${start.port}/back` })
      response.end()
    })
    const start = await serve((request, response) => {
      if (request.url === '/back') return response.end('back')
      const location = request.url === '/' ? '/same' : `http://a.test:${away.port}/`
      response.writeHead(302, { location })
      response.end()
    })
    const reply = await egress().request({
      url: `http://a.test:${start.port}/`,
      connection: connection(['a.test']),
    })
    expect(reply.body).toBe('back')
    expect(start.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/', 'Bearer secret'],
      ['/same', 'Bearer secret'],
      ['/back', undefined],
    ])
    expect(away.seen[0]?.headers.authorization).toBeUndefined()
    expect(back.seen).toEqual([])
  })

  test('stays behind while the other origin redirects within itself', async () => {
    const away = await serve((request, response) => {
      if (request.url === '/end') return response.end('end')
      response.writeHead(302, { location: '/end' })
      response.end()
    })
    const start = await serve((_, response) => {
      response.writeHead(302, { location: `http://b.test:${away.port}/` })
      response.end()
    })
    await egress().request({ url: `http://a.test:${start.port}/`, connection: connection(['*.test']) })
    expect(start.seen[0]?.headers.authorization).toBe('Bearer secret')
    expect(away.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
  })

  test('cannot send the request elsewhere', async () => {
    const { port } = await serve(ok)
    const attach = (request: EgressRequest) => ({ ...request, url: 'http://b.test/' })
    expect(
      await failure({ url: `http://a.test:${port}`, connection: { hosts: ['*.test'], attach } }),
    ).toMatchObject({ code: 'connection_host_denied' })
  })

  test('allowed hosts hold on every hop', async () => {
    const end = await serve(ok)
    const start = await serve((_, response) => {
      response.writeHead(302, { location: `http://b.test:${end.port}/` })
      response.end()
    })
    const url = `http://a.test:${start.port}`
    expect(await failure({ url, allowedHosts: ['a.test'] })).toMatchObject({ code: 'connection_host_denied' })
    expect((await egress().request({ url, allowedHosts: ['*.test'] })).body).toBe('ok')
  })
})

import https from 'node:https'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createEgress } from './client.ts'
import { certificate, certificateKey } from './test-certificate.ts'
import { egress, failure, ok, open, portOf, serve } from './test-servers.ts'

describe('what is sent and read', () => {
  test('a request with query, headers and JSON, and its answer', async () => {
    const { seen, port } = await serve((_, response) => {
      response.setHeader('Content-Type', 'application/problem+json; charset=utf-8')
      response.statusCode = 404
      response.end('{"a":[1,"é"]}')
    })
    const reply = await egress().request({
      method: 'POST',
      url: `http://api.test:${port}/users?a=1#part`,
      query: { q: 'x & y' },
      headers: { 'X-Key': 'k' },
      body: { name: 'Ana' },
    })
    expect(reply).toMatchObject({ status: 404, body: { a: [1, 'é'] } })
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/users?a=1&q=x+%26+y',
        headers: { host: `api.test:${port}`, 'x-key': 'k', 'content-type': 'application/json' },
        body: '{"name":"Ana"}',
      },
    ])
  })

  test.each([
    ['application/json', '{"a":', '{"a":'],
    ['text/plain', '{"a":1}', '{"a":1}'],
    ['application/json', `${'['.repeat(101)}${']'.repeat(101)}`, `${'['.repeat(101)}${']'.repeat(101)}`],
    ['application/json', '{"__proto__":{"a":1}}', JSON.parse('{"__proto__":{"a":1}}')],
    ['text/plain; charset=iso-8859-1', Buffer.from([0xe9]), 'é'],
    ['application/json', '', ''],
  ])('%s %s', async (type, body, read) => {
    const { port } = await serve((_, response) => {
      response.setHeader('Content-Type', type)
      response.end(body)
    })
    expect((await egress().request({ url: `http://a.test:${port}` })).body).toEqual(read)
  })

  test('packed answers are unpacked', async () => {
    const { port } = await serve((request, response) => {
      const brotli = request.url === '/br'
      response.setHeader('Content-Encoding', brotli ? 'br' : 'gzip')
      response.end(brotli ? brotliCompressSync('packed') : gzipSync('packed'))
    })
    for (const path of ['br', 'gzip']) {
      expect((await egress().request({ url: `http://a.test:${port}/${path}` })).body).toBe('packed')
    }
  })

  test('broken packing is a failed connection', async () => {
    const { port } = await serve((_, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      response.end('not gzip')
    })
    expect(await failure({ url: `http://a.test:${port}` })).toMatchObject({ code: 'network' })
  })
})

describe('only the public internet (SS-01, SS-03, SS-05)', () => {
  test.each([
    'http://127.0.0.1',
    'http://localhost',
    'http://localhost.',
    'http://0',
    'http://0.0.0.0',
    'http://[::]',
    'http://[::1]',
    'http://2130706433',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://[::ffff:169.254.169.254]',
    'http://[::127.0.0.1]',
    'http://[64:ff9b::7f00:1]',
    'http://[64:ff9b:1::a00:1]',
    'http://[2002:7f00:1::]',
    'http://[2001::1]',
    'http://[fc00::1]',
    'http://[fe80::1]',
    'http://[fec0::1]',
    'http://[ff02::1]',
    'http://[2001:db8::1]',
    'http://[4000::1]',
    'http://10.0.0.1',
    'http://172.16.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254',
    'http://100.64.0.1',
    'http://192.0.0.1',
    'http://192.0.2.1',
    'http://198.18.0.1',
    'http://198.51.100.1',
    'http://203.0.113.1',
    'http://224.0.0.1',
    'http://240.0.0.1',
    'http://255.255.255.255',
    'https://127.0.0.1',
  ])('%s', async (url) => {
    const client = egress({ allow: [], resolve: async () => ['127.0.0.1', '::1'] })
    expect(await failure({ url }, client)).toMatchObject({ code: 'egress_blocked', retryable: false })
  })

  test('one private address among public ones is one too many', async () => {
    const client = egress({ allow: [], resolve: async () => ['93.184.215.14', '10.0.0.1'] })
    expect(await failure({ url: 'http://mixed.test' }, client)).toMatchObject({ code: 'egress_blocked' })
  })

  test.each([['fe80::1%eth0'], ['not an address'], ['::ffff:8.8.8.8']])(
    'a resolver that says %s',
    async (address) => {
      const client = egress({ allow: [], resolve: async () => [address] })
      expect(await failure({ url: 'http://odd.test' }, client)).toMatchObject({ code: 'egress_blocked' })
    },
  )

  test.each([22, 25, 53, 5432, 6379, 27017, 9200, 0])('port %i (SS-11)', async (port) => {
    const client = egress({ allow: [], resolve: async () => ['93.184.215.14'] })
    expect(await failure({ url: `http://a.test:${port}` }, client)).toMatchObject({ code: 'egress_blocked' })
  })

  test.each([
    ['ftp://a.test', 'invalid_url'],
    ['file:///etc/passwd', 'invalid_url'],
    ['http://a.test:65536', 'invalid_url'],
    ['//a.test', 'invalid_url'],
    ['http://user:pass@a.test', 'invalid_url'],
    ['', 'invalid_url'],
  ])('%s', async (url, code) => {
    expect(await failure({ url })).toMatchObject({ code, retryable: false })
  })
})

describe('what an operator allows', () => {
  test.each([
    ['127.0.0.0/8', true],
    ['127.0.0.1', true],
    ['local.test', true],
    ['LOCAL.test', true],
    ['other.test', false],
    ['10.0.0.0/8', false],
    ['::/0', false],
  ])('%s', async (entry, through) => {
    const { port } = await serve(ok)
    const client = egress({ allow: [entry] })
    const url = `http://local.test:${port}`
    if (through) expect((await client.request({ url })).body).toBe('ok')
    else expect(await failure({ url }, client)).toMatchObject({ code: 'egress_blocked' })
  })

  test('a host with its port is that port only', async () => {
    const [one, two] = [await serve(ok), await serve(ok)]
    for (const allowed of [`local.test:${one.port}`, `127.0.0.1:${one.port}`]) {
      const client = egress({ allow: [allowed] })
      expect((await client.request({ url: `http://local.test:${one.port}` })).body).toBe('ok')
      expect(await failure({ url: `http://local.test:${two.port}` }, client)).toMatchObject({
        code: 'egress_blocked',
      })
    }
  })

  test.each(['a b', '10.0.0.0/99', 'http://a.test', ''])('the entry “%s”', (entry) => {
    if (entry === '') expect(() => createEgress({ allow: [entry] })).not.toThrow()
    else expect(() => createEgress({ allow: [entry] })).toThrow('allow-list')
  })
})

test('a name that changes its address between check and connection gains nothing (SS-07)', async () => {
  const wanted = await serve((_, response) => {
    response.setHeader('Connection', 'close')
    response.end('ok')
  })
  const canary = await serve(ok, { host: '127.0.0.2', port: wanted.port })
  let asked = 0
  const client = egress({ resolve: async () => [asked++ % 2 === 0 ? '127.0.0.1' : '127.0.0.2'] })
  const outcomes = new Set<string>()
  for (let at = 0; at < 50; at += 1) {
    const url = `http://flip.test:${wanted.port}/${at}`
    outcomes.add(
      await client.request({ url }).then(
        ({ body }) => String(body),
        (error) => error.failure.code,
      ),
    )
  }
  expect(outcomes).toEqual(new Set(['ok', 'egress_blocked']))
  expect(canary.seen).toEqual([])
})

test('proxies of the environment are not used (SS-17)', async () => {
  const proxy = await serve(ok)
  const { port } = await serve((_, response) => response.end('direct'))
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY']
  const before = names.map((name) => [name, process.env[name]] as const)
  for (const name of names) process.env[name] = `http://127.0.0.1:${proxy.port}`
  try {
    expect((await egress().request({ url: `http://a.test:${port}` })).body).toBe('direct')
    expect(await failure({ url: 'http://10.0.0.1' })).toMatchObject({ code: 'egress_blocked' })
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
  expect(proxy.seen).toEqual([])
})

describe('headers (SS-13)', () => {
  test.each([
    [{ Host: 'evil.test' }],
    [{ 'Transfer-Encoding': 'chunked' }],
    [{ Connection: 'close' }],
    [{ 'Content-Length': '5' }],
    [{ 'X-Forwarded-Host': 'evil.test' }],
    [{ 'Proxy-Authorization': 'x' }],
    [{ 'X-A': 'a\r\nX-B: b' }],
    [{ 'X-A': 'a\nb' }],
    [{ 'X-A': 'a\u0000' }],
    [{ 'X A': 'a' }],
    [{ 'X-A\r\nX-B': 'a' }],
    [{ 'X-A': '日本' }],
  ])('%j', async (headers) => {
    const { seen, port } = await serve(ok)
    expect(await failure({ url: `http://a.test:${port}`, headers })).toMatchObject({ code: 'invalid_header' })
    expect(seen).toEqual([])
  })
})

describe('limits', () => {
  test.each(['plain', 'gzip'])('an answer that is too large: %s', async (kind) => {
    const { port } = await serve((_, response) => {
      const body = Buffer.alloc(2_000_000)
      if (kind === 'gzip') response.setHeader('Content-Encoding', 'gzip')
      response.end(kind === 'gzip' ? gzipSync(body) : body)
    })
    const client = egress({ maxBytes: 1_000_000 })
    expect(await failure({ url: `http://a.test:${port}` }, client)).toMatchObject({
      code: 'response_too_large',
      retryable: false,
    })
  })

  test('an answer that does not come, or does not end', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/half') response.write('half')
    })
    for (const path of ['', 'half']) {
      const request = { url: `http://a.test:${port}/${path}`, timeoutMs: 100 }
      expect(await failure(request)).toMatchObject({ code: 'timeout', retryable: true })
    }
  })

  test('a run that is cancelled is no timeout', async () => {
    const { port } = await serve(() => undefined)
    const reason = new Error('cancelled')
    await expect(
      egress().request({ url: `http://a.test:${port}`, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason)
  })

  test('nobody there, and no such host', async () => {
    const { port } = await serve(ok)
    for (const close of open.splice(0)) await close()
    expect(await failure({ url: `http://a.test:${port}` })).toMatchObject({
      code: 'network',
      retryable: true,
    })
    const client = egress({ resolve: async () => Promise.reject(new Error('ENOTFOUND')) })
    expect(await failure({ url: 'http://nowhere.test' }, client)).toMatchObject({
      code: 'network',
      retryable: true,
    })
  })
})

describe('later, says the remote', () => {
  const nowMs = Date.parse('2026-03-09T12:00:00Z')
  test.each([
    [429, '7', 'http_429', 7_000],
    [503, 'Mon, 09 Mar 2026 12:00:30 GMT', 'http_5xx', 30_000],
    [500, undefined, 'http_5xx', undefined],
    [503, 'soon', 'http_5xx', undefined],
    [502, 'Mon, 09 Mar 2026 11:00:00 GMT', 'http_5xx', 0],
  ])('%i with Retry-After %s', async (status, retryAfter, code, retryAfterMs) => {
    const { port } = await serve((_, response) => {
      if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter)
      response.statusCode = status
      response.end('busy')
    })
    const client = egress({ nowMs: () => nowMs })
    const request = { url: `http://a.test:${port}` }
    const failed = await failure(request, client)
    expect(failed).toMatchObject({ code, retryable: true })
    expect(failed.retryAfterMs).toBe(retryAfterMs)
    expect((await client.request({ ...request, anyStatus: true })).status).toBe(status)
  })
})

describe('TLS (SS-15)', () => {
  async function secure() {
    const names: (string | undefined)[] = []
    const server = https.createServer({ cert: certificate, key: certificateKey }, (request, response) => {
      names.push(request.headers.host)
      response.end('secure')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    open.push(() => {
      server.closeAllConnections()
      server.close()
    })
    return { port: portOf(server), names }
  }

  test('a certificate that nobody vouches for', async () => {
    const { port, names } = await secure()
    expect(await failure({ url: `https://trama.test:${port}` })).toMatchObject({
      code: 'tls',
      retryable: false,
    })
    expect(names).toEqual([])
  })

  test('the name is what is checked, although the address is pinned', async () => {
    const { port, names } = await secure()
    const client = egress({ ca: certificate })
    expect((await client.request({ url: `https://trama.test:${port}` })).body).toBe('secure')
    expect(names).toEqual([`trama.test:${port}`])
    expect(await failure({ url: `https://other.test:${port}` }, client)).toMatchObject({ code: 'tls' })
  })
})

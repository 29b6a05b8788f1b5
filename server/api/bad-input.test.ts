import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import net from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { aTenant, type TestMember } from '#server/test/factories.ts'
import { signedInAs, testBaseUrl } from '#server/test/sign-in.ts'
import type { App } from './app.ts'
import { scopeFor } from './context.ts'
import type { Parts } from './parts.ts'
import {
  callAs,
  drawing,
  keyOf,
  listening,
  publishedWorkflow,
  refusalOf,
  testApp,
  testParts,
} from './test-app.ts'

// The issue's list: each is a clear 4xx, or is stored unharmed, and the server goes on.

let parts: Parts & { logged: string[] }
let owner: TestMember
let app: App
let base: string
let key: string
let hook: string
let echoId: string
beforeAll(async () => {
  parts = await testParts()
  owner = await aTenant()
  app = await testApp(parts)
  base = await listening(app)
  key = (await keyOf(owner, { parts })).authorization
  const scope = scopeFor(parts, { tenant: owner.tenant, actor: owner.user.id })
  const echo = {
    nodes: [
      { key: 'hook', type: 'trigger.webhook', params: { path: 'echo', answer: 'when_done' } },
      { key: 'start', type: 'trigger.manual' },
      { key: 'echo', type: 'data.set', params: { fields: [{ name: 'got', value: { expr: 'trigger' } }] } },
    ],
    wires: ['hook -> echo', 'start -> echo'],
  }
  echoId = (await publishedWorkflow(scope, echo)).id
  hook = `${base}/hooks/${owner.tenant.slug}/echo`
})

interface Answer {
  code: string
  message: string
  requestId: string
  issues?: { path: string; message: string }[]
  problems?: { code: string; node?: string; severity: string }[]
}

async function api(method: string, path: string, body?: unknown) {
  const raw = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { authorization: key, ...(raw === undefined ? {} : { 'content-type': 'application/json' }) },
    body: raw,
  })
  const text = await answer.text()
  return {
    status: answer.status,
    text,
    body: (text ? JSON.parse(text) : null) as Answer & Record<string, unknown>,
  }
}

const yearZero = Buffer.from(
  JSON.stringify(['0000-01-01T00:00:00.000Z', '0198c2f0-0000-7000-8000-000000000000']),
).toString('base64url')

const log = (key: string, more: object = {}) => ({
  key,
  type: 'flow.log',
  version: 1,
  params: { message: 'Hi' },
  ...more,
})
const start = { key: 'start', type: 'trigger.manual', version: 1, params: {} }
const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
const setTo = (expr: string) => ({
  key: 'set',
  type: 'data.set',
  version: 1,
  params: { fields: [{ name: 'a', value: { expr } }] },
})

describe('a draft that cannot be one is refused where it is saved, naming the field', () => {
  const deep = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
  test.each<[string, unknown, string]>([
    ['10,000 nodes', { nodes: Array.from({ length: 10_000 }, (_, at) => log(`n${at}`)), edges: [] }, '2000'],
    ['10,001 edges', { nodes: [], edges: Array.from({ length: 10_001 }, () => edge('a', 'b')) }, '10000'],
    ['an unknown key', { nodes: [], edges: [], surprise: 1 }, 'surprise'],
    ['an unknown key of a node', { nodes: [{ ...start, tenantId: 'x' }], edges: [] }, 'nodes.0.tenantId'],
    ['a __proto__ key', '{"document":{"nodes":[],"edges":[],"__proto__":{"a":1}}}', '__proto__'],
    [
      'a __proto__ key deep in a parameter',
      '{"document":{"nodes":[{"key":"a","type":"t","version":1,"params":{"x":[{"__proto__":1}]}}],"edges":[]}}',
      'nodes.0.params.x.0.__proto__',
    ],
    [
      'NUL in a parameter',
      { nodes: [{ ...start, params: { sample: 'a\0b' } }], edges: [] },
      'nodes.0.params.sample',
    ],
    [
      'half a surrogate pair',
      '{"document":{"nodes":[{"key":"a","type":"t","version":1,"params":{"x":"\\ud800"}}],"edges":[]}}',
      'nodes.0.params.x',
    ],
    ['NUL in a key', { nodes: [{ ...start, params: { 'a\0b': 1 } }], edges: [] }, 'nodes.0.params'],
    ['a key that is no slug', { nodes: [log('Not A Slug')], edges: [] }, 'nodes.0.key'],
    ['a number where text belongs', { nodes: [{ ...start, type: 7 }], edges: [] }, 'nodes.0.type'],
    ['a list instead', [], 'expected object'],
    [
      'values 101 levels deep',
      { nodes: [{ ...start, params: { sample: deep(101) } }], edges: [] },
      '100 levels',
    ],
    ['another format', { format: 2, nodes: [], edges: [] }, 'format'],
  ])('%s', async (_, document, named) => {
    const answer = await api(
      'POST',
      '/workflows',
      typeof document === 'string' ? `{"name":"x",${document.slice(1)}` : { name: 'x', document },
    )
    expect(answer.status, answer.text.slice(0, 300)).toBe(400)
    expect(answer.body).toMatchObject({
      code: 'invalid',
      message: expect.any(String),
      requestId: expect.any(String),
    })
    expect(JSON.stringify([answer.body.message, answer.body.issues])).toContain(named)
  })

  test('5 MB of it', async () => {
    const document = {
      nodes: Array.from({ length: 1_300 }, (_, at) => log(`n${at}`, { notes: 'x'.repeat(3_900) })),
      edges: [],
    }
    const answer = await api('POST', '/workflows', { name: 'x', document })
    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain('4194304 bytes')
  })
})

describe('a draft with problems is kept, but neither published nor run, naming each problem', () => {
  test.each<[string, object[], object[], string]>([
    ['a cycle', [start, log('a'), log('b')], [edge('start', 'a'), edge('a', 'b'), edge('b', 'a')], ''],
    ['duplicate keys', [start, log('a'), log('a')], [edge('start', 'a')], 'a'],
    ['an unknown type', [start, { key: 'a', type: 'no.such', version: 1 }], [edge('start', 'a')], 'a'],
    ['an unknown version', [start, log('a', { version: 999 })], [edge('start', 'a')], 'a'],
    ['an unknown port', [start, log('a'), log('b')], [edge('start', 'a'), edge('a', 'b', 'nowhere')], ''],
    [
      'a parameter of the wrong type',
      [start, log('a', { params: { message: 7 } })],
      [edge('start', 'a')],
      'a',
    ],
    ['an expression with an error', [start, setTo('1 +')], [edge('start', 'set')], 'set'],
    ['an expression that reaches out', [start, setTo('process.exit()')], [edge('start', 'set')], 'set'],
    [
      'an expression over a constructor',
      [start, setTo("''.constructor.constructor('return 1')()")],
      [edge('start', 'set')],
      'set',
    ],
    [
      'a connection of nobody',
      [
        start,
        {
          key: 'a',
          type: 'http.request',
          version: 1,
          params: { url: 'https://example.com' },
          connection: '0198c2f0-0000-7000-8000-000000000000',
        },
      ],
      [edge('start', 'a')],
      'a',
    ],
  ])('%s', async (_, nodes, edges, node) => {
    const created = await api('POST', '/workflows', { name: 'Problem', document: { nodes, edges } })
    expect(created.status, created.text).toBe(201)
    const id = String(Reflect.get(created.body, 'id'))
    const published = await api('POST', `/workflows/${id}/publish`)
    expect(published.status).toBe(400)
    const errors = published.body.problems?.filter(({ severity }) => severity === 'error') ?? []
    expect(errors.length).toBeGreaterThan(0)
    if (node) expect(errors.map((problem) => problem.node)).toContain(node)
    expect((await api('POST', `/workflows/${id}/check`)).body.problems).toEqual(published.body.problems)
    const isConnection = errors.every(({ code }) => code === 'unknown_connection')
    if (!isConnection)
      expect((await api('POST', `/workflows/${id}/runs`, { source: 'draft' })).status).toBe(400)
  })
})

test('an expression that is too costly fails its run, and only that', async () => {
  const costly =
    "'x'.repeat(10000).split('').map((a) => 'x'.repeat(10000).split('').map((b) => 'x'.repeat(10000)))"
  const { document } = {
    document: drawing({
      nodes: [{ key: 'start', type: 'trigger.manual' }, setTo(costly)],
      wires: ['start -> set'],
    }),
  }
  const created = await api('POST', '/workflows', { name: 'Costly', document })
  expect(created.status, created.text).toBe(201)
  const answer = await api('POST', `/workflows/${Reflect.get(created.body, 'id')}/runs?wait=20`, {
    source: 'draft',
  })
  expect(answer.status, answer.text).toBe(200)
  expect(answer.body).toMatchObject({ status: 'failed', failure: { code: expect.any(String), step: 'set' } })
})

describe('a hook’s body', () => {
  const post = async (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') => {
    const answer = await fetch(hook, { method: 'POST', headers: { 'content-type': type }, body })
    const text = await answer.text()
    return { status: answer.status, text, got: () => JSON.parse(text).got.body as unknown }
  }

  test.each<[string, string | Uint8Array<ArrayBuffer>, number, string]>([
    ['of 10 MB', `"${'x'.repeat(10 * 1024 * 1024)}"`, 413, 'larger'],
    ['200,000 levels deep', '['.repeat(200_000) + ']'.repeat(200_000), 400, '100 levels'],
    ['200,000 levels deep, unclosed', '{"a":'.repeat(200_000), 400, '100 levels'],
    ['of 200,001 values', `[${'0,'.repeat(200_000)}0]`, 400, '100000 values'],
    ['with a number beyond every double', '{"a":1e400}', 400, '1e400'],
    ['that is cut off', '{"a":', 400, 'not valid JSON'],
    ['with something behind it', '{} {}', 400, 'not valid JSON'],
    ['with a byte order mark', '\uFEFF{}', 400, 'byte order mark'],
    ['that is not UTF-8', new Uint8Array([34, 255, 34]), 400, 'UTF-8'],
  ])('%s is refused', async (_, body, status, named) => {
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toMatchObject({
      code: expect.any(String),
      message: expect.stringContaining(named),
      requestId: expect.any(String),
    })
  })

  test.each<[string, string]>([
    ['NUL', '{"a\\u0000b":"c\\u0000d"}'],
    ['half a surrogate pair', '["\\ud800","\\udc00x"]'],
    [
      '__proto__ and constructor keys',
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"a":[{"__proto__":1}]}',
    ],
    ['the mark that storage uses', '{"\uF8FF0000":"\uF8FF"}'],
    ['100 levels', '['.repeat(97) + ']'.repeat(97)],
    ['nothing but null', 'null'],
    ['a large number', '9007199254740991'],
  ])('with %s comes through unharmed', async (_, body) => {
    const answer = await post(body)
    expect(answer.status, answer.text.slice(0, 300)).toBe(200)
    expect(JSON.stringify(answer.got())).toBe(JSON.stringify(JSON.parse(body)))
    // And so does what the run's page shows.
    const runs = await api('GET', '/runs?limit=1')
    const { id } = (runs.body.items as { id: string }[])[0]!
    const { run } = (await api('GET', `/runs/${id}`)).body as unknown as { run: { input: { body: unknown } } }
    expect(JSON.stringify(run.input.body)).toBe(JSON.stringify(JSON.parse(body)))
    expect((await api('GET', `/runs/${id}/steps`)).status).toBe(200)
    expect((await api('GET', `/runs/${id}/events`)).status).toBe(200)
  })
})

describe('the public API', () => {
  test.each<[string, string, string, unknown, string]>([
    ['an unknown key', 'POST', '/workflows', { name: 'x', isAdmin: true }, 'isAdmin'],
    [
      'fields that are ours',
      'POST',
      '/workflows',
      { name: 'x', tenantId: 'y', id: 'z', createdAt: 'now' },
      'tenantId',
    ],
    ['a search for NUL', 'GET', '/workflows?search=%00', undefined, 'search'],
    ['an unknown query', 'GET', '/runs?stat=failed', undefined, 'stat'],
    ['a status there is not', 'GET', '/runs?status=done', undefined, 'status'],
    ['a limit of a million', 'GET', '/workflows?limit=1000000', undefined, 'limit'],
    ['a cursor of somebody’s own', 'GET', '/runs?cursor=abc', undefined, 'cursor'],
    ['a cursor of the year 0', 'GET', `/runs?cursor=${yearZero}`, undefined, 'cursor'],
    ['runs since the year 0', 'GET', '/runs?from=0000-01-01T00:00:00Z', undefined, 'from'],
    ['changes until the year 0', 'GET', '/audit?to=0000-12-31T00:00:00%2B01:00', undefined, 'to'],
    ['changes of nobody', 'GET', '/audit?actor=%00', undefined, 'actor'],
    ['an id that is none', 'GET', '/workflows/1.0', undefined, 'id'],
    ['a name of control characters', 'POST', '/workflows', { name: 'a\u0000b' }, 'name'],
    ['a name of 10,000 letters', 'POST', '/workflows', { name: 'x'.repeat(10_000) }, 'name'],
    ['no name', 'POST', '/workflows', {}, 'name'],
    ['a body that is no object', 'POST', '/workflows', '7', ''],
    ['broken JSON', 'POST', '/workflows', '{"name":', 'not valid JSON'],
    [
      'a wait of an hour',
      'POST',
      '/workflows/0198c2f0-0000-7000-8000-000000000000/runs?wait=3600',
      {},
      'wait',
    ],
  ])('refuses %s', async (_, method, path, body, named) => {
    const answer = await api(method, path, body)
    expect(answer.status, answer.text).toBe(400)
    expect(answer.body).toMatchObject({ code: 'invalid', requestId: expect.any(String) })
    expect(JSON.stringify([answer.body.message, answer.body.issues])).toContain(named)
  })

  test('keeps special keys of a run’s input', async () => {
    const input = '{"__proto__":{"a":1},"constructor":2,"x\\u0000":"\\ud800"}'
    const answer = await api(
      'POST',
      `/workflows/${echoId}/runs?wait=20`,
      `{"trigger":"start","input":${input}}`,
    )
    expect(answer.status, answer.text).toBe(200)
    expect(JSON.stringify(Reflect.get(Object(answer.body.output), 'got'))).toBe(
      JSON.stringify(JSON.parse(input)),
    )
  })
})

describe('NUL where a short text is asked for', () => {
  test.each([
    ['workflows.list', { search: 'a\u0000' }],
    ['me.invitation', { id: 'a\u0000' }],
    ['me.acceptInvitation', { id: 'a\u0000' }],
    ['members.setRole', { memberId: 'a\u0000', role: 'viewer' }],
    ['members.remove', { memberId: 'a\u0000' }],
    ['members.revokeInvitation', { id: 'a\u0000' }],
  ])('%s refuses it', async (path, input) => {
    const [router = '', procedure = ''] = path.split('.')
    const caller = await callAs(owner, { parts })
    const refused = await refusalOf(Reflect.get(Reflect.get(caller, router), procedure)(input))
    expect(refused).toMatchObject({ status: 400, code: 'invalid' })
  })

  test.each([
    ['/api/auth/sign-up/email', { name: 'a\u0000', email: 'nul@example.com', password: 'long enough, this' }],
    ['/api/auth/sign-up/email', { name: '\ud800', email: 'half@example.com', password: 'long enough, this' }],
    ['/api/auth/revoke-session', { id: 'a\u0000' }],
  ])('%s refuses it', async (url, payload) => {
    const headers = { ...(await signedInAs(owner.user)), origin: testBaseUrl }
    const answer = await app.server.inject({ method: 'POST', url, headers, payload })
    expect(answer.statusCode, answer.body).toBe(400)
  })

  test('a team of that name is nobody’s', async () => {
    const headers = await signedInAs(owner.user)
    const answer = await app.server.inject({ url: '/api/trpc/%00/workflows.list', headers })
    expect(answer.statusCode).toBe(404)
  })
})

describe('on a bare connection', () => {
  /** Sends all of it before anything is read, as some clients do, and gives what came back. */
  const exchange = async (sent: (string | Buffer)[]) => {
    const socket = net.connect(Number(new URL(base).port), '127.0.0.1')
    for (const part of sent) if (!socket.write(part)) await once(socket, 'drain')
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }
  const post = ['POST /hooks/nobody/nothing HTTP/1.1', 'host: x', 'content-type: application/json']

  test('a caller who sends 10 MB before they read is told', async () => {
    const head = [...post, 'connection: close', `content-length: ${10 * 1024 * 1024}`, '', ''].join('\r\n')
    const megabyte = Buffer.alloc(1024 * 1024, '1')
    const answer = await exchange([head, ...Array.from({ length: 10 }, () => megabyte)])
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
    expect(answer).toContain('"code":"limit_reached"')
  })

  test('what is not HTTP is answered as any refusal', async () => {
    const answer = await exchange(['\u0000\u0001\r\n\r\n'])
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).toMatch(/\{"code":"invalid","message":".+","requestId":"\w{20}"\}$/)
  })

  test('headers of 40 KB are refused with the limit', async () => {
    const answer = await exchange([`GET / HTTP/1.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`])
    expect(answer).toMatch(/^HTTP\/1.1 431 .*"code":"limit_reached","message":".*16 KB/s)
  })

  test('a caller who hangs up in the middle of a body is not an error of ours', async () => {
    const asked = once(app.server.server, 'request')
    const socket = net.connect(Number(new URL(base).port), '127.0.0.1')
    socket.write([...post, 'content-length: 100', '', '{"a":'].join('\r\n'))
    const [request] = (await asked) as [IncomingMessage]
    const gone = new Promise((resolve) => request.once('close', resolve))
    socket.destroy()
    await gone
  })
})

test('after all of it the server is as before', async () => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect((await fetch(`${base}/api/health`)).status).toBe(200)
  expect((await api('GET', '/workflows')).status).toBe(200)
  expect(parts.logged).toEqual([])
})

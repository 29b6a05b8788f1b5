import { once } from 'node:events'
import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { forgetKeys } from '#server/runtime/forget-keys.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, type TestMember } from '#server/test/factories.ts'
import { scopeFor } from './context.ts'
import type { Parts } from './parts.ts'
import { keyOf, listening, publishedWorkflow, testApp, testParts } from './test-app.ts'

let parts: Parts
let owner: TestMember
let scope: TenantScope
let base: string
beforeAll(async () => {
  parts = await testParts()
  owner = await aTenant()
  scope = scopeFor(parts, { tenant: owner.tenant, actor: owner.user.id })
  base = `${await listening(await testApp(parts))}/hooks/${owner.tenant.slug}`
})

type Params = Record<string, unknown>
let count = 0

/** A published hook, with one node behind it; gives its address. */
async function aHook(
  trigger: Params,
  node: Partial<DocumentNode> = { type: 'flow.log', params: { message: 'Hi' } },
) {
  const path = `hook-${++count}`
  await publishedWorkflow(scope, {
    nodes: [
      { key: 'hook', type: 'trigger.webhook', params: { path, ...trigger } as DocumentNode['params'] },
      { key: 'then', ...node },
    ],
    wires: ['hook -> then'],
  })
  return `${base}/${path}`
}

const echo = {
  type: 'data.set',
  params: { fields: [{ name: 'got', value: { expr: 'trigger' } }] },
} satisfies Partial<DocumentNode>

const runsOf = async () => {
  const { owner: sql } = await testDatabases()
  const { rows } = await sql.query('select count(*)::int as count from run where tenant_id = $1', [
    owner.tenant.id,
  ])
  return rows[0].count
}

describe('what a workflow gets', () => {
  test('method, path, query, headers and body', async () => {
    const url = await aHook({ method: 'PUT', answer: 'when_done' }, echo)
    const answer = await fetch(`${url}?a=1&b=2&b=3&__proto__=x`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'x-own': 'é',
        cookie: 'trama_session=secret',
        authorization: 'Bearer theirs',
      },
      body: JSON.stringify({ name: 'Ada' }),
    })
    expect(answer.status).toBe(200)
    const { got } = await answer.json()
    expect(got).toMatchObject({ method: 'PUT', path: url.split('/').at(-1), body: { name: 'Ada' } })
    expect(Object.entries(got.query)).toEqual([
      ['a', '1'],
      ['b', ['2', '3']],
      ['__proto__', 'x'],
    ])
    expect(got.headers).toMatchObject({ 'x-own': 'é', authorization: 'Bearer theirs' })
    expect(Object.keys(got.headers)).not.toContain('cookie')
    expect(Object.keys(got.headers)).not.toContain('connection')
  })

  test('one of our own keys is kept out of its history', async () => {
    const url = await aHook({ answer: 'when_done' }, echo)
    const { authorization } = await keyOf(owner, { parts })
    const answer = await fetch(url, { method: 'POST', headers: { authorization } })
    expect(Object.keys((await answer.json()).got.headers)).not.toContain('authorization')
  })

  test.each<[string, string, string | Uint8Array<ArrayBuffer>, unknown]>([
    ['a form', 'application/x-www-form-urlencoded', 'a=1&b=2&b=3', { a: '1', b: ['2', '3'] }],
    ['text', 'text/plain', 'Olá', 'Olá'],
    ['XML', 'application/xml', '<a/>', '<a/>'],
    ['JSON by a media type of its own', 'application/vnd.github+json', '[1]', [1]],
    ['JSON that is only a text', 'application/json', '"x"', 'x'],
    ['bytes', 'application/octet-stream', new Uint8Array([0, 255]), 'AP8='],
    ['nothing', 'application/json', '', null],
  ])('%s', async (_, type, body, got) => {
    const url = await aHook({ answer: 'when_done' }, echo)
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body })
    expect(answer.status).toBe(200)
    expect((await answer.json()).got.body).toEqual(got)
  })

  test.each([
    ['multipart/form-data; boundary=x', 415],
    ['application/json; charset=utf-16', 415],
  ])('not %s', async (type, status) => {
    const answer = await fetch(await aHook({}), {
      method: 'POST',
      headers: { 'content-type': type },
      body: 'x',
    })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code: 'invalid', message: expect.any(String) })
  })

  test('not what is packed', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const answer = await fetch(await aHook({}), { method: 'POST', headers, body: 'x' })
    expect(answer.status).toBe(415)
  })
})

describe('what the caller gets', () => {
  test('at once: the run’s id', async () => {
    const answer = await fetch(await aHook({}), { method: 'POST' })
    expect(answer.status).toBe(202)
    expect(await answer.json()).toEqual({ runId: expect.any(String) })
  })

  test('when it is done: the output, or why it failed', async () => {
    const done = await fetch(
      await aHook(
        { answer: 'when_done' },
        { type: 'data.set', params: { fields: [{ name: 'a', value: 1 }] } },
      ),
      { method: 'POST' },
    )
    expect([done.status, await done.json()]).toEqual([200, { a: 1 }])
    const failed = await fetch(
      await aHook({ answer: 'when_done' }, { type: 'flow.stop', params: { message: 'No stock' } }),
      { method: 'POST' },
    )
    expect(failed.status).toBe(500)
    expect(await failed.json()).toEqual({
      code: expect.any(String),
      message: 'No stock',
      runId: expect.any(String),
      requestId: failed.headers.get('x-request-id'),
    })
  })

  test('by a node: what the node says, with the rights of a stranger', async () => {
    const respond = {
      type: 'flow.respond',
      params: {
        status: 201,
        body: '<script>alert(1)</script>',
        headers: {
          'Content-Type': 'text/html',
          'X-Own': 'yes',
          'Set-Cookie': 'trama_session=evil',
          'Content-Security-Policy': 'default-src *',
          'Clear-Site-Data': '"*"',
          'Service-Worker-Allowed': '/',
        },
      },
    } satisfies Partial<DocumentNode>
    const answer = await fetch(await aHook({ answer: 'by_node' }, respond), { method: 'POST' })
    expect([answer.status, await answer.text()]).toEqual([201, '<script>alert(1)</script>'])
    const { headers } = answer
    expect(headers.get('content-type')).toBe('text/html')
    expect(headers.get('x-own')).toBe('yes')
    expect(headers.get('content-security-policy')).toBe('sandbox')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    for (const name of ['set-cookie', 'clear-site-data', 'service-worker-allowed'])
      expect(headers.has(name)).toBe(false)
  })

  test.each([['a\r\nX-Evil: 1'], ['a\0'], ['日本']])(
    'a header that HTTP does not allow (%j) is never sent',
    async (value) => {
      const respond = {
        type: 'flow.respond',
        params: { headers: { 'X-Own': { expr: JSON.stringify(value) } } },
      }
      const answer = await fetch(await aHook({ answer: 'by_node' }, respond), { method: 'POST' })
      expect(answer.status).toBe(500)
      expect(answer.headers.has('x-evil')).toBe(false)
      expect(await answer.json()).toMatchObject({ code: 'header_invalid', runId: expect.any(String) })
    },
  )

  test('by a node that no run reached: at least the run’s id', async () => {
    const answer = await fetch(
      await aHook({ answer: 'by_node' }, { type: 'data.set', params: { fields: [] } }),
      { method: 'POST' },
    )
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ runId: expect.any(String) })
  })
})

describe('addresses', () => {
  test('a method it does not take is told which it does', async () => {
    const url = await aHook({ method: 'POST' })
    for (const method of ['GET', 'DELETE', 'OPTIONS', 'HEAD']) {
      const answer = await fetch(url, { method })
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST'])
    }
  })

  test('only the exact one', async () => {
    const url = await aHook({ method: 'ANY' })
    const last = url.split('/').at(-1) ?? ''
    expect((await fetch(url)).status).toBe(202)
    for (const other of [
      `${url}/`,
      `${base}//${last}`,
      `${base}/./x/../${last}x`,
      url.replace('hook-', 'hook%2D'),
      url.replace('hook-', 'HOOK-'),
      `${url};a=b`,
      `${base}x/${last}`,
    ]) {
      const answer = await fetch(other)
      expect([other, answer.status]).toEqual([other, 404])
    }
  })

  test('an unknown path and an unknown tenant are answered alike', async () => {
    const one = await (await fetch(`${base}/nowhere`)).json()
    const other = await (await fetch(`${base}-nobody/nowhere`)).json()
    expect({ ...one, requestId: '' }).toEqual({ ...other, requestId: '' })
  })
})

test('a repeated Idempotency-Key gives the same run, however many come at once', async () => {
  const url = await aHook({})
  const before = await runsOf()
  const answers = await Promise.all(
    Array.from({ length: 30 }, async () =>
      (await fetch(url, { method: 'POST', headers: { 'idempotency-key': 'order-7' } })).json(),
    ),
  )
  expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1)
  expect(await runsOf()).toBe(before + 1)
})

test('an Idempotency-Key that comes with another body is refused, and free again a day later', async () => {
  const url = await aHook({})
  const send = async (body: object) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'order-8' }
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: await answer.json() }
  }
  const first = await send({ total: 1 })
  expect(first.status).toBe(202)
  expect(await send({ total: 1 })).toEqual(first)
  expect(await send({ total: 2 })).toMatchObject({
    status: 422,
    body: { code: 'unprocessable', message: 'This Idempotency-Key came with a different request before' },
  })
  const { engine, owner: sql } = await testDatabases()
  await sql.query(`UPDATE run SET created_at = now() - interval '25 hours' WHERE id = $1`, [first.body.runId])
  await forgetKeys(engine)
  const later = await send({ total: 2 })
  expect(later.status).toBe(202)
  expect(later.body.runId).not.toBe(first.body.runId)
})

test('a caller who hangs up leaves nothing half done', async () => {
  const url = new URL(await aHook({}))
  const before = await runsOf()
  const socket = connect(Number(url.port), url.hostname)
  await once(socket, 'connect')
  socket.write(
    `POST ${url.pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":`,
  )
  socket.destroy()
  await once(socket, 'close')
  expect((await fetch(url, { method: 'POST' })).status).toBe(202)
  expect(await runsOf()).toBe(before + 1)
})

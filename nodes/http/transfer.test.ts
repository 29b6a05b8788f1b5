import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Calling, caller, failureOf } from '#server/test/call-node.ts'
import { type Fake, type FakeReply, serveFake } from '#server/test/fakes/fake.ts'
import { type Json, z } from '../kit/index.ts'
import { httpOauth2, httpQuery } from './connections.ts'

const orders = Array.from({ length: 25 }, (_, at) => ({ id: at + 1 }))
const png = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256)

/** Twenty-five orders, ten a page, in every way there is; and a picture. */
let api: Fake
beforeAll(async () => {
  api = await serveFake(({ path, query, headers, bytes, text }): FakeReply => {
    const from = Number(query.get('from') ?? (Number(query.get('page') ?? 1) - 1) * 10)
    const page = orders.slice(from, from + 10)
    const next = from + 10 < orders.length ? from + 10 : null
    switch (path) {
      case '/next':
        return { json: { data: { orders: page }, links: { next: next && `/next?from=${next}` } } }
      case '/link':
        return {
          json: page,
          headers: next ? { link: `<${api.url}/x>; rel="first", <?from=${next}>; rel="next"` } : {},
        }
      case '/number':
        return { json: page }
      case '/cursor':
        return { json: { data: page, next_cursor: next } }
      case '/elsewhere':
        return { json: { data: page, next: 'http://other.test/steal' } }
      case '/last-fails':
        return next
          ? { json: { data: page, next: `/last-fails?from=${next}` } }
          : { status: 403, json: { no: 1 } }
      case '/file':
        return {
          bytes: png,
          headers: {
            'content-type': 'image/png',
            'content-disposition': 'attachment; filename="../../a.png"',
          },
        }
      case '/echo':
        return {
          json: { type: headers['content-type'] ?? '', size: bytes.length, text, query: query.toString() },
        }
    }
    return { status: 404, json: {} }
  })
})
afterAll(() => api.close())

const call = (params: { [name: string]: Json }, about: Partial<Calling> = {}, own = caller()) =>
  own.call('http.request', { params: { ...params, url: `${api.url}${params.url}` }, ...about })

describe('several pages', () => {
  test.each<[string, Json]>([
    ['/next', { kind: 'next', next: 'links.next', list: 'data.orders' }],
    ['/link', { kind: 'link' }],
    ['/number', { kind: 'number' }],
    ['/cursor', { kind: 'cursor', name: 'from', list: 'data' }],
  ])('%s', async (url, pages) => {
    expect(await call({ url, pages })).toMatchObject({ status: 200, body: orders })
  })

  test('no more of them than asked for', async () => {
    const pages = { kind: 'next', next: 'links.next', list: 'data.orders', most: 2 }
    expect(await call({ url: '/next', pages })).toMatchObject({ pages: 2, body: { length: 20 } })
  })

  test('a next page on another server is not asked: it would get the headers', async () => {
    const pages = { kind: 'next', list: 'data' }
    expect(await failureOf(call({ url: '/elsewhere', pages }))).toMatchObject({ code: 'other_origin' })
  })

  test('a page that fails, fails the step', async () => {
    const pages = { kind: 'next', list: 'data' }
    expect(await failureOf(call({ url: '/last-fails', pages }))).toMatchObject({ code: 'http_403' })
    expect(await call({ url: '/last-fails', pages, failOnStatus: false })).toMatchObject({
      status: 403,
      pages: 3,
    })
  })

  test('what is no list', async () => {
    expect(await failureOf(call({ url: '/next', pages: { kind: 'number' } }))).toMatchObject({
      code: 'no_list',
    })
    const pages = { kind: 'next', list: '__proto__.x' }
    expect(await failureOf(call({ url: '/next', pages }))).toMatchObject({ code: 'no_list' })
  })
})

describe('files', () => {
  test('a response is kept as a file, and sent on as it is and in a form', async () => {
    const own = caller()
    const reply = await call({ url: '/file', keepFile: true }, {}, own)
    const file = z.object({ body: z.null(), file: z.looseObject({ file: z.string() }) }).parse(reply).file
    expect(own.files.get(file.file)?.bytes.every((byte, at) => byte === png[at])).toBe(true)
    expect(file).toMatchObject({ type: 'image/png', size: 70_000 })
    const body = z.json().parse({ kind: 'file', file })
    expect(await call({ url: '/echo', method: 'PUT', body }, {}, own)).toMatchObject({
      body: { type: 'image/png', size: 70_000 },
    })
    const parts = z.json().parse([
      { kind: 'value', name: 'note', value: 'é' },
      { kind: 'file', name: 'picture', file },
    ])
    const sent = await call({ url: '/echo', method: 'POST', body: { kind: 'parts', parts } }, {}, own)
    expect(sent).toMatchObject({
      body: {
        type: expect.stringMatching(/^multipart\/form-data; boundary=/),
        text: expect.stringContaining('name="note"\r\n\r\né\r\n'),
      },
    })
  })

  test('an error is no file', async () => {
    const failed = failureOf(call({ url: '/nothing', keepFile: true }))
    expect(await failed).toMatchObject({ code: 'http_404' })
  })
})

test('a key in the address joins the query that is there', async () => {
  const connection = { kind: 'http.query', fields: { name: 'api_key', value: 'a&b' }, hosts: ['127.0.0.1'] }
  const reply = await call({ url: '/echo?x=1' }, { connection })
  expect(reply).toMatchObject({ body: { query: 'x=1&api_key=a%26b' } })
  expect(httpQuery.fields.safeParse({ name: 'a&b', value: 'x' }).success).toBe(false)
})

test('OAuth: what is asked for depends on who signs in', () => {
  const client = {
    clientId: 'c',
    tokenUrl: 'https://login.example.com/token',
    scopes: ' a  b ',
    audience: 'x',
  }
  const person = { ...client, authorizeUrl: 'https://login.example.com/authorize' }
  expect(httpOauth2.oauth2?.(httpOauth2.fields.parse(person))).toMatchObject({
    grant: 'authorization_code',
    scopes: ['a', 'b'],
    authorize: { audience: 'x' },
  })
  const itself = { ...client, grant: 'client_credentials' }
  expect(httpOauth2.oauth2?.(httpOauth2.fields.parse(itself))).toMatchObject({
    grant: 'client_credentials',
    token: { audience: 'x' },
  })
  const fields = httpOauth2.fields.parse(itself)
  const { headers } = httpOauth2.attach({ ...fields, accessToken: 't' }, { url: 'https://a.example' })
  expect(headers).toEqual({ Authorization: 'Bearer t' })
})

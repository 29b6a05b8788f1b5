import { describe, expect, test } from 'vitest'
import { type AnyStep, type HttpReply, type HttpRequest, type Json, StepFailure, z } from '../kit/index.ts'
import { noMeans } from '../kit/no-means.ts'
import { httpBasic, httpBearer, httpHeader } from './connections.ts'
import { httpRequest } from './request.ts'

const node: AnyStep = httpRequest
const refuse = () => {
  throw new Error('Not used here')
}

/** What goes out for these parameters, and what comes of the reply. */
async function call(params: Json, reply: Partial<HttpReply> = {}) {
  const sent: HttpRequest[] = []
  const result = node.run({
    ...noMeans,
    params: node.params.parse(params),
    input: null,
    http: async (request) => {
      sent.push(request)
      return { status: 200, headers: {}, body: null, ...reply }
    },
    ...{ to: refuse, pause: refuse, respond: refuse, runCode: refuse, log: refuse },
    ...{ nowMs: 0, idempotencyKey: 'key-1', signal: new AbortController().signal },
  })
  const settled = await Promise.resolve(result).catch((error: unknown) => error)
  return { sent: sent[0], result: settled }
}

const url = 'https://a.example/users'

describe('what is sent', () => {
  test.each<[string, { [key: string]: Json }, Partial<HttpRequest>]>([
    ['reading needs no key', { url }, { method: 'GET', headers: {} }],
    ['changing has one', { url, method: 'POST' }, { headers: { 'Idempotency-Key': 'key-1' } }],
    [
      'unless the maker gives one',
      { url, method: 'PUT', headers: { 'idempotency-key': 'mine' } },
      { headers: { 'idempotency-key': 'mine' } },
    ],
    ['a query', { url, query: { q: 'a b&c', n: '1' } }, { url: `${url}?q=a+b%26c&n=1` }],
    [
      'a query after another, before a hash',
      { url: `${url}?x=1#top`, query: { y: '2' } },
      { url: `${url}?x=1&y=2#top` },
    ],
    [
      'JSON that is text keeps its quotes',
      { url, method: 'POST', body: { kind: 'json', json: 'hi' } },
      { body: '"hi"', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'key-1' } },
    ],
    [
      'JSON with a key named __proto__',
      { url, method: 'POST', body: { kind: 'json', json: JSON.parse('{"__proto__":1}') } },
      { body: '{"__proto__":1}' },
    ],
    [
      'a form',
      { url, method: 'POST', body: { kind: 'form', fields: { a: 'é', b: '1' } } },
      { body: 'a=%C3%A9&b=1' },
    ],
    [
      'text of a type of its own',
      { url, method: 'PATCH', headers: { 'content-type': 'text/csv' }, body: { kind: 'text', text: 'a,b' } },
      { body: 'a,b', headers: { 'content-type': 'text/csv', 'Idempotency-Key': 'key-1' } },
    ],
    ['any status, when errors are the maker’s', { url, failOnStatus: false }, { anyStatus: true }],
  ])('%s', async (_, params, expected) => expect((await call(params)).sent).toMatchObject(expected))

  test.each(['users', 'ftp://a.example', 'javascript:alert(1)', ''])('not to %s', async (address) => {
    await expect(call({ url: address })).rejects.toThrow(z.ZodError)
  })
})

test.each([
  [404, false],
  [408, true],
  [503, true],
])('status %i is a failure (retryable: %s) that says what the other side said', async (status, retryable) => {
  const { result } = await call({ url }, { status, body: { error: 'no' } })
  expect(result).toBeInstanceOf(StepFailure)
  expect(result).toMatchObject({ failure: { code: `http_${status}`, retryable } })
  expect(String(result)).toContain('{"error":"no"}')
})

describe('connections', () => {
  const request: HttpRequest = { url, headers: { authorization: 'mine', accept: 'text/csv' } }
  test('a header of your choice', () => {
    expect(httpHeader.attach({ name: 'X-Key', value: 's' }, request).headers).toEqual({
      ...request.headers,
      'X-Key': 's',
    })
  })
  test('a token replaces what the request had', () => {
    expect(httpBearer.attach({ token: 's' }, request).headers).toEqual({
      accept: 'text/csv',
      Authorization: 'Bearer s',
    })
  })
  test('a user and password, in UTF-8', () => {
    const { headers } = httpBasic.attach({ user: 'ação', password: 'p:w' }, request)
    expect(headers).toEqual({ accept: 'text/csv', Authorization: 'Basic YcOnw6NvOnA6dw==' })
  })
  test('no value can smuggle in a second header', () => {
    expect(httpBearer.fields.safeParse({ token: 'a\r\nX-Evil: 1' }).success).toBe(false)
    expect(httpHeader.fields.safeParse({ name: 'X: y', value: 'a' }).success).toBe(false)
    expect(httpBasic.fields.safeParse({ user: 'a:b', password: '' }).success).toBe(false)
  })
})

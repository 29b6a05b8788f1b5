import { afterAll, beforeAll, expect, test } from 'vitest'
import { caller, failureOf } from '#server/test/call-node.ts'
import { type Fake, jsonOf, serveFake } from '#server/test/fakes/fake.ts'
import type { Json } from '../kit/index.ts'

/** Answers by the query's text, and refuses what is no GraphQL over HTTP. */
let api: Fake
beforeAll(async () => {
  api = await serveFake((call) => {
    const body = jsonOf(call)
    if (call.path !== '/graphql') return { status: 404, text: 'Not here' }
    if (call.path === '/graphql' && call.method !== 'POST') return { status: 405 }
    if (typeof body?.query !== 'string' || typeof body.variables !== 'object')
      return { status: 400, json: { errors: [{ message: 'Must provide query string.' }] } }
    if (call.headers.authorization !== 'Bearer good')
      return { status: 401, json: { errors: [{ message: 'Sign in' }] } }
    if (body.query.includes('partial'))
      return { json: { data: { a: 1, b: null }, errors: [{ message: 'No b', path: ['b', 0] }] } }
    return { json: { data: { ...body } } }
  })
})
afterAll(() => api.close())

const call = (params: { [name: string]: Json }, { token = 'good', path = '/graphql' } = {}) =>
  caller().call('graphql.request', {
    params: { url: `${api.url}${path}`, query: '{ a }', ...params },
    connection: { kind: 'http.bearer', fields: { token }, hosts: ['127.0.0.1'] },
  })

test('query, variables and the operation’s name are sent apart', async () => {
  const variables = { id: '") { evil } #', __proto__: null }
  const data = {
    query: 'query A { a } query B { b }',
    variables: { id: '") { evil } #' },
    operationName: 'B',
  }
  expect(await call({ query: data.query, variables, operation: 'B' })).toEqual({ data, errors: [] })
})

test('errors fail the step, unless a partial answer is accepted', async () => {
  expect(await failureOf(call({ query: '{ partial }' }))).toMatchObject({
    code: 'graphql_error',
    message: 'No b (at b.0)',
  })
  expect(await call({ query: '{ partial }', partial: true })).toEqual({
    data: { a: 1, b: null },
    errors: [{ message: 'No b', path: ['b', 0] }],
  })
})

test('without data there is nothing partial', async () => {
  const failed = failureOf(call({ partial: true }, { token: 'bad' }))
  expect(await failed).toMatchObject({ code: 'graphql_error', message: 'Sign in' })
})

test('what is no GraphQL at all', async () => {
  expect(await failureOf(call({}, { path: '/nothing' }))).toMatchObject({ code: 'http_404' })
})

import { Agent } from 'undici'
import { expect, test } from 'vitest'
import { StepFailure } from '#nodes/kit/failure.ts'
import { createEgress, type EgressOptions } from './client.ts'
import { guardedFetch } from './fetch.ts'
import { createGuard } from './guard.ts'
import { createStream } from './stream.ts'
import { egress, open, serve } from './test-servers.ts'

const connection = {
  hosts: ['127.0.0.1'],
  attach: (request: { url: string; headers?: Record<string, string> }) => ({
    ...request,
    headers: { ...request.headers, 'x-key': 'secret' },
  }),
}

async function failure(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof StepFailure) return error.failure
  throw error ?? new Error('It did not fail')
}

test('gives the reply while it is written', async () => {
  let finish = () => {}
  const { port } = await serve((_, response) => {
    response.write('one ')
    finish = () => response.end('two')
  })
  const { body, status } = await egress().stream({ url: `http://127.0.0.1:${port}/` })
  const reader = body.getReader()
  expect(status).toBe(200)
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('one ')
  finish()
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('two')
  expect((await reader.read()).done).toBe(true)
})

test.each<[string, Partial<EgressOptions>, string, string]>([
  ['an address inside', { allow: [] }, 'http://127.0.0.1:9/', 'egress_blocked'],
  ['no web address', {}, 'file:///etc/passwd', 'invalid_url'],
])('does not reach %s', async (_, options, url, code) => {
  expect(await failure(egress(options).stream({ url }))).toMatchObject({ code })
})

test('follows no redirect', async () => {
  const other = await serve((_, response) => response.end('other'))
  const { port } = await serve((_, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${other.port}/` }).end(),
  )
  expect(await failure(egress().stream({ url: `http://127.0.0.1:${port}/` }))).toMatchObject({
    code: 'redirected',
  })
  expect(other.seen).toEqual([])
})

test('takes no packed answer, which could be a bomb', async () => {
  const { port } = await serve((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
  )
  expect(await failure(egress().stream({ url: `http://127.0.0.1:${port}/` }))).toMatchObject({
    code: 'invalid_response',
  })
})

test('an answer that never ends is cut off at 32 MB', async () => {
  const block = Buffer.alloc(1024 * 1024)
  const { port } = await serve((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(block)) {}
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  })
  const { body } = await egress().stream({ url: `http://127.0.0.1:${port}/` })
  expect(await failure(new Response(body).arrayBuffer())).toMatchObject({ code: 'response_too_large' })
})

test('an answer that goes silent is given up on', async () => {
  const { port } = await serve((_, response) => response.write('one'))
  const agent = new Agent()
  open.push(() => agent.destroy())
  const guard = createGuard({ allow: ['127.0.0.1'], resolve: async () => ['127.0.0.1'] })
  const stream = createStream({ guard, agent, services: [], idleMs: 50 })
  const { body } = await stream({ url: `http://127.0.0.1:${port}/` })
  expect(await failure(new Response(body).text())).toMatchObject({ code: 'timeout', retryable: true })
})

test('a fetch for SDKs adds the credential last, and drops what the SDK thought it was', async () => {
  const { port, seen } = await serve((_, response) => response.end('{}'))
  const client = createEgress({ allow: ['127.0.0.1'] })
  open.push(() => client.close())
  const { signal } = new AbortController()
  const fetch = guardedFetch({ stream: client.stream, connection, signal })
  const reply = await fetch(`http://127.0.0.1:${port}/x`, {
    method: 'POST',
    headers: { Authorization: 'Bearer placeholder', 'X-Api-Key': 'placeholder', Accept: 'text/csv' },
    body: '{}',
  })
  expect(reply.status).toBe(200)
  expect(seen[0]?.headers).toMatchObject({ 'x-key': 'secret', accept: 'text/csv' })
  expect(JSON.stringify(seen[0]?.headers)).not.toContain('placeholder')
})

test('a fetch for SDKs reaches no host the credential is not for', async () => {
  const { port, seen } = await serve((_, response) => response.end('{}'))
  const { signal } = new AbortController()
  const fetch = guardedFetch({
    ...{ stream: egress().stream, signal },
    connection: { ...connection, hosts: ['api.example.com'] },
  })
  expect(await failure(fetch(`http://127.0.0.1:${port}/`))).toMatchObject({ code: 'connection_host_denied' })
  expect(seen).toEqual([])
})

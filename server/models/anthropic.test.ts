import { describe, expect, test } from 'vitest'
import { StepFailure } from '#nodes/kit/failure.ts'
import type { HttpRequest } from '#nodes/kit/http.ts'
import { type AnthropicScript, anthropicKey, startAnthropicFake } from '../test/fakes/anthropic.ts'
import { askAnthropic } from './anthropic.ts'
import type { ModelCall } from './model-call.ts'
import { callTo, until } from './test-call.ts'

const attach = (request: HttpRequest) => ({
  ...request,
  headers: { ...request.headers, 'x-api-key': anthropicKey },
})

async function ask(replies: readonly AnthropicScript[], about: Partial<ModelCall> = {}) {
  const fake = until(await startAnthropicFake({ replies }))
  return { fake, ask: () => askAnthropic(callTo(fake, { attach, ...about })) }
}

async function failureOf(script: AnthropicScript, about: Partial<ModelCall> = {}) {
  const { ask: go } = await ask([script], about)
  const error: unknown = await go().catch((thrown: unknown) => thrown)
  if (error instanceof StepFailure) return error.failure
  throw new Error(`It gave ${String(error)}`)
}

const tool = {
  name: 'find_order',
  description: 'Finds an order',
  args: { properties: { order: { type: 'integer', widget: 'json' } }, required: ['order'] },
}

describe('what is sent', () => {
  test('the version, the key once, and marks for the cache on what stays the same', async () => {
    const { fake, ask: go } = await ask([{ text: 'Hi' }], { system: 'Be brief', tools: [tool] })
    await go()
    expect(fake.calls[0]?.headers).toMatchObject({
      'x-api-key': anthropicKey,
      'anthropic-version': '2026-10-21',
      'content-type': 'application/json',
    })
    expect(fake.calls[0]?.headers).not.toHaveProperty('authorization')
    const ephemeral = { type: 'ephemeral' }
    expect(fake.requests[0]).toMatchObject({
      system: [{ text: 'Be brief', cache_control: ephemeral }],
      tools: [{ name: 'find_order', cache_control: ephemeral }],
      messages: [{ role: 'user', content: [{ text: 'Hello', cache_control: ephemeral }] }],
    })
    expect(JSON.stringify(fake.requests[0])).not.toContain('widget')
  })

  test('no temperature: the API refuses it', async () => {
    const { ask: go } = await ask([{ text: 'Hi' }], { temperature: 0.2 })
    expect((await go()).text).toBe('Hi')
  })

  test('tool calls with their results, in one message', async () => {
    const { fake, ask: go } = await ask([{ text: 'Shipped' }], {
      tools: [tool],
      messages: [
        { role: 'user', text: 'Where is it?' },
        {
          role: 'assistant',
          text: '',
          calls: [
            { id: 'a', name: 'find_order', args: { order: 1 } },
            { id: 'b', name: 'find_order', args: { order: 2 } },
          ],
        },
        {
          role: 'tool',
          results: [
            { id: 'a', name: 'find_order', output: 'shipped', failed: false },
            { id: 'b', name: 'find_order', output: '', failed: true },
          ],
        },
      ],
    })
    await go()
    expect(fake.requests[0]?.messages[2]?.content).toMatchObject([
      { type: 'tool_result', tool_use_id: 'a', content: 'shipped' },
      { type: 'tool_result', tool_use_id: 'b', content: '(nothing)', is_error: true },
    ])
  })

  test('a shape, as the API wants it', async () => {
    const schema = { type: 'object', properties: { n: { type: 'integer', minimum: 1 } }, required: ['n'] }
    const { fake, ask: go } = await ask([{ text: '{"n":2}' }], { schema })
    expect(await go()).toMatchObject({ data: { n: 2 }, stop: 'end' })
    expect(fake.requests[0]?.output_config?.format?.schema).toMatchObject({ additionalProperties: false })
  })
})

test('signed thinking goes back to the model that made it, and to no other', async () => {
  const fake = until(
    await startAnthropicFake({
      replies: [
        { thinking: 'Look it up', calls: [{ id: 'a', name: 'find_order', input: { order: 1 } }] },
        { text: 'Shipped' },
        { text: 'Shipped' },
      ],
    }),
  )
  const first = await askAnthropic(callTo(fake, { attach, tools: [tool] }))
  expect(first.kept?.model).toBe('claude-sonnet-5-5')
  const { text, calls, kept } = first
  const messages = [
    { role: 'user' as const, text: 'Hello' },
    { role: 'assistant' as const, text, calls, ...(kept ? { kept } : {}) },
    { role: 'tool' as const, results: [{ id: 'a', name: 'find_order', output: 'x', failed: false }] },
  ]
  await askAnthropic(callTo(fake, { attach, tools: [tool], messages }))
  await askAnthropic(callTo(fake, { attach, tools: [tool], messages, model: 'claude-opus-5-5' }))
  const sent = fake.requests.slice(1).map((body) => body.messages[1]?.content)
  expect(sent[0]).toMatchObject([
    { type: 'thinking', signature: 'sig-0-claude-sonnet-5-5' },
    { type: 'tool_use' },
  ])
  expect(sent[1]).toMatchObject([{ type: 'tool_use' }])
})

describe('what comes back', () => {
  test('text as it is written, tools, and what it cost', async () => {
    const heard: string[] = []
    const { ask: go } = await ask(
      [
        {
          text: 'Let me look',
          calls: [{ id: 'a', name: 'find_order', input: { order: 7, __proto__: null } }],
          usage: { input: 10, output: 1_000, cacheRead: 900, cacheWrite: 90 },
        },
      ],
      { tools: [tool], onText: (delta) => heard.push(delta) },
    )
    const reply = await go()
    expect(heard.join('')).toBe('Let me look')
    expect(heard.length).toBeGreaterThan(1)
    expect(reply).toMatchObject({
      stop: 'tools',
      calls: [{ id: 'a', name: 'find_order', args: { order: 7 } }],
    })
    expect(reply.usage).toEqual({
      model: 'claude-sonnet-5-5',
      inputTokens: 1_000,
      outputTokens: 1_000,
      cacheReadTokens: 900,
      cacheWriteTokens: 90,
      costUsd: expect.closeTo((10 * 2 + 900 * 0.1 + 90 * 2.5 + 1_000 * 10) / 1e6, 10),
    })
  })

  test.each([
    ['max_tokens', 'length'],
    ['refusal', 'refused'],
    ['end_turn', 'end'],
  ] as const)('%s is %s', async (stop, expected) => {
    const { ask: go } = await ask([{ text: 'Well', stop }])
    expect((await go()).stop).toBe(expected)
  })
})

describe('what fails', () => {
  const error = (status: number, type: string, headers: Record<string, string> = {}) => ({
    error: { status, type, message: `No: ${type}\u001b[31m`, headers },
  })
  test.each<[string, AnthropicScript, object]>([
    ['a refused key', error(401, 'authentication_error'), { code: 'model_auth', retryable: false }],
    ['a missing right', error(403, 'permission_error'), { code: 'model_auth', retryable: false }],
    ['no such model', error(404, 'not_found_error'), { code: 'model_not_found', retryable: false }],
    [
      'too many requests, with a pause',
      error(429, 'rate_limit_error', { 'retry-after': '7' }),
      { code: 'model_rate_limited', retryable: true, retryAfterMs: 7_000 },
    ],
    ['overloaded', error(529, 'overloaded_error'), { code: 'model_overloaded', retryable: true }],
    ['broken', error(500, 'api_error'), { code: 'model_unavailable', retryable: true }],
    ['a bad question', error(400, 'invalid_request_error'), { code: 'model_rejected', retryable: false }],
    [
      'overloaded in the middle of the answer',
      { text: 'Half', breaks: { type: 'overloaded_error', message: 'Overloaded' } },
      { code: 'model_overloaded', retryable: true },
    ],
    ['a connection that breaks', { text: 'Half', breaks: 'connection' }, { retryable: true }],
    ['no JSON', { raw: 'event: message_start\ndata: {oops\n\n' }, { code: 'invalid_response' }],
    ['an end before the beginning', { raw: ': nothing\n\n' }, { code: 'invalid_response' }],
    [
      'a redirect',
      { error: { status: 302, type: 'x', message: '', headers: { location: '/x' } } },
      { code: 'redirected' },
    ],
  ])('%s', async (_, script, expected) => {
    const failure = await failureOf(script)
    expect(failure).toMatchObject(expected)
    expect(failure.message).not.toContain('\u001b')
    expect(failure.message).not.toContain(anthropicKey)
  })

  test('a host the connection is not for: nothing is sent', async () => {
    const fake = until(await startAnthropicFake({ replies: [{ text: 'Hi' }] }))
    const asked = askAnthropic(callTo(fake, { attach, hosts: ['api.anthropic.com'] }))
    await expect(asked).rejects.toMatchObject({ failure: { code: 'connection_host_denied' } })
    expect(fake.calls).toEqual([])
  })

  test('a schema no provider can read', async () => {
    expect(
      await failureOf({ text: '' }, { schema: { type: 'object', properties: { a: {} } } }),
    ).toMatchObject({
      code: 'invalid_schema',
      retryable: false,
    })
  })

  test('cancelled in the middle: it ends with the signal, and says nothing of the model', async () => {
    const stop = new AbortController()
    const fake = until(
      await startAnthropicFake({
        replies: async () => {
          stop.abort()
          return { text: 'Too late' }
        },
      }),
    )
    const asked = askAnthropic(callTo(fake, { attach, signal: stop.signal }))
    await expect(asked).rejects.not.toBeInstanceOf(StepFailure)
  })
})

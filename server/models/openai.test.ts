import { describe, expect, test } from 'vitest'
import { StepFailure } from '#nodes/kit/failure.ts'
import type { HttpRequest } from '#nodes/kit/http.ts'
import { type OpenaiScript, openaiKey, startOpenaiFake } from '../test/fakes/openai.ts'
import type { ModelCall } from './model-call.ts'
import { askOpenai } from './openai.ts'
import { callTo, until } from './test-call.ts'

const attach = (request: HttpRequest) => ({
  ...request,
  headers: { ...request.headers, authorization: `Bearer ${openaiKey}` },
})

async function ask(
  replies: readonly OpenaiScript[],
  about: Partial<ModelCall> = {},
  server: Omit<Parameters<typeof startOpenaiFake>[0], 'replies'> = {},
) {
  const fake = until(await startOpenaiFake({ replies, ...server }))
  return { fake, reply: askOpenai(callTo(fake, { attach, model: 'gpt-6.1-sol', ...about })) }
}

const tool = {
  name: 'find',
  description: 'Finds',
  args: { type: 'object', properties: { n: { type: 'integer' } } },
}
const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }

describe('what is sent', () => {
  test('system, tools, results, limit, temperature and a wish for usage', async () => {
    const { fake, reply } = await ask([{ text: 'Done' }], {
      system: 'Be brief',
      temperature: 0.3,
      tools: [tool],
      messages: [
        { role: 'user', text: 'Find 1' },
        { role: 'assistant', text: '', calls: [{ id: 'a', name: 'find', args: { n: 1 } }] },
        { role: 'tool', results: [{ id: 'a', name: 'find', output: 'one', failed: true }] },
      ],
    })
    await reply
    expect(fake.calls[0]?.headers).toMatchObject({ authorization: `Bearer ${openaiKey}` })
    expect(fake.requests[0]).toMatchObject({
      max_tokens: 1_000,
      temperature: 0.3,
      stream_options: { include_usage: true },
      messages: [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: 'Find 1' },
        { role: 'assistant', content: null, tool_calls: [{ id: 'a', function: { arguments: '{"n":1}' } }] },
        { role: 'tool', tool_call_id: 'a', content: 'Error: one' },
      ],
    })
  })

  test('a shape by the API’s own means', async () => {
    const { fake, reply } = await ask([{ text: '{"n":2}' }], { schema })
    expect(await reply).toMatchObject({ data: { n: 2 } })
    expect(fake.requests[0]?.response_format?.json_schema.schema).toEqual(schema)
  })

  test('a shape in words, where a server has no means for it', async () => {
    const { fake, reply } = await ask([{ text: '{"n":2}' }], { schema }, { withoutFormat: true })
    expect(await reply).toMatchObject({ data: { n: 2 } })
    expect(fake.calls).toHaveLength(2)
    expect(fake.requests[0]?.messages[0]).toMatchObject({ role: 'system' })
    expect(JSON.stringify(fake.requests[0]?.messages[0])).toContain('JSON Schema')
  })
})

describe('what comes back', () => {
  test('text as it is written, and what it cost', async () => {
    const heard: string[] = []
    const { reply } = await ask(
      [{ text: 'Hello there', usage: { input: 1_000, output: 100, cached: 400 } }],
      {
        onText: (delta) => heard.push(delta),
      },
    )
    expect(await reply).toEqual({
      text: 'Hello there',
      calls: [],
      stop: 'end',
      usage: {
        ...{ model: 'gpt-6.1-sol', inputTokens: 1_000, outputTokens: 100 },
        ...{ cacheReadTokens: 400, cacheWriteTokens: 0 },
        costUsd: expect.closeTo((600 * 2 + 400 * 0.1 + 100 * 10) / 1e6, 10),
      },
    })
    expect(heard.length).toBeGreaterThan(1)
  })

  const calls = [
    { name: 'find', args: { n: 1 } },
    { name: 'find', args: { n: 2 } },
  ]
  test.each([
    ['as OpenAI sends them', {}, ['call_0_0', 'call_0_1']],
    ['whole and all under one index', { oneIndex: true }, ['call_0_0', 'call_0_1']],
    ['without ids', { withoutIds: true }, ['call_0', 'call_1']],
  ])('tool calls %s', async (_, server, ids) => {
    const { reply } = await ask([{ calls }], { tools: [tool] }, server)
    expect(await reply).toMatchObject({
      stop: 'tools',
      calls: [
        { id: ids[0], args: { n: 1 } },
        { id: ids[1], args: { n: 2 } },
      ],
    })
  })

  test('arguments that are no JSON object are kept as text, and nothing is made of them', async () => {
    const { reply } = await ask([{ calls: [{ name: 'find', args: '{"n":' }] }], { tools: [tool] })
    expect((await reply).calls).toEqual([{ id: 'call_0_0', name: 'find', args: {}, unreadable: '{"n":' }])
  })

  test('what Gemini signs into a call goes back with it', async () => {
    const extra = { google: { thought_signature: 'c2ln' } }
    const fake = until(
      await startOpenaiFake({
        replies: [{ calls: [{ id: 'a', name: 'find', args: { n: 1 }, extra }] }, { text: 'Done' }],
      }),
    )
    const about = { attach, model: 'gemini-3.5-flash', tools: [tool] }
    const first = await askOpenai(callTo(fake, about))
    const { text, calls: used, kept } = first
    await askOpenai(
      callTo(fake, {
        ...about,
        messages: [
          { role: 'user', text: 'Hello' },
          { role: 'assistant', text, calls: used, ...(kept ? { kept } : {}) },
          { role: 'tool', results: [{ id: 'a', name: 'find', output: 'x', failed: false }] },
        ],
      }),
    )
    expect(fake.requests[1]?.messages[1]).toMatchObject({ tool_calls: [{ extra_content: extra }] })
  })

  test.each<[OpenaiScript, object]>([
    [{ text: 'Half', stop: 'length' }, { stop: 'length' }],
    [{ refusal: 'I will not.' }, { stop: 'refused', text: 'I will not.' }],
    [{ text: '', stop: 'content_filter' }, { stop: 'refused' }],
  ])('%j', async (script, expected) => expect(await (await ask([script])).reply).toMatchObject(expected))
})

describe('what fails', () => {
  test.each<[string, OpenaiScript, object]>([
    [
      'a refused key',
      { error: { status: 401, code: 'invalid_api_key', message: 'no' } },
      { code: 'model_auth' },
    ],
    [
      'an empty account',
      { error: { status: 429, code: 'insufficient_quota', message: 'quota' } },
      { code: 'model_auth', retryable: false },
    ],
    [
      'too many requests',
      {
        error: { status: 429, code: 'rate_limit_exceeded', message: 'slow', headers: { 'retry-after': '2' } },
      },
      { code: 'model_rate_limited', retryable: true, retryAfterMs: 2_000 },
    ],
    [
      'no such model',
      { error: { status: 404, code: 'model_not_found', message: 'no' } },
      { code: 'model_not_found' },
    ],
    ['away', { error: { status: 503, message: 'later' } }, { code: 'model_overloaded', retryable: true }],
    [
      'a bad question',
      { error: { status: 400, message: 'bad' } },
      { code: 'model_rejected', retryable: false },
    ],
    ['a connection that breaks', { text: 'Half', breaks: 'connection' }, { retryable: true }],
    [
      'an error in the middle, as OpenRouter tells of it',
      { raw: 'data: {"error":{"code":502,"message":"Provider returned error"}}\n\n' },
      { code: 'model_unavailable', retryable: true },
    ],
    ['no JSON', { raw: 'data: {oops\n\n' }, { code: 'invalid_response' }],
    ['nothing at all', { raw: 'data: [DONE]\n\n' }, { code: 'invalid_response' }],
  ])('%s', async (_, script, expected) => {
    const error: unknown = await (await ask([script])).reply.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StepFailure)
    expect(error).toMatchObject({ failure: expected })
    expect(String(error)).not.toContain(openaiKey)
  })
})

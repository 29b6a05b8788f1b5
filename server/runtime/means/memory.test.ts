import { beforeAll, describe, expect, test } from 'vitest'
import type { ModelMessage } from '#nodes/kit/model.ts'
import { type TestDatabases, testDatabases } from '../../test/databases.ts'
import { aTenant, aWorkflow } from '../../test/factories.ts'
import { sketch } from '../test-runtime.ts'
import { memoryFor } from './memory.ts'
import { paired } from './paired.ts'

const user = (text: string): ModelMessage => ({ role: 'user', text })
const says = (text: string): ModelMessage => ({ role: 'assistant', text, calls: [] })
const calls = (...ids: string[]): ModelMessage => ({
  ...{ role: 'assistant', text: '' },
  calls: ids.map((id) => ({ id, name: 'find', args: {} })),
})
const gives = (...ids: string[]): ModelMessage => ({
  role: 'tool',
  results: ids.map((id) => ({ id, name: 'find', output: 'x', failed: false })),
})

describe('what a model is reminded of begins with words of somebody, and has every call with its result', () => {
  const [hi, hello, use, got] = [user('Hi'), says('Hello'), calls('a', 'b'), gives('a', 'b')]
  test.each<[string, ModelMessage[], ModelMessage[]]>([
    ['all of it', [hi, use, got, hello], [hi, use, got, hello]],
    ['cut before the results', [got, hello, hi, hello], [hi, hello]],
    ['cut before the calls', [use, got, hello, hi], [hi]],
    ['calls without results', [hi, use, hi, hello], [hi, hi, hello]],
    ['results of other calls', [hi, calls('c'), got, hello], [hi, hello]],
    ['half of the results', [hi, use, gives('a'), hello], [hi, hello]],
    ['nothing that somebody said', [hello, use, got], []],
    ['nothing', [], []],
  ])('%s', (_, messages, expected) => expect(paired(messages)).toEqual(expected))
})

describe('a conversation', () => {
  let databases: TestDatabases
  beforeAll(async () => {
    databases = await testDatabases()
  })

  async function anAgentStep() {
    const { tenant } = await aTenant()
    const document = sketch([], [])
    const workflow = await aWorkflow({ tenantId: tenant.id, document })
    const [node] = document.nodes
    if (!node) throw new Error('No node')
    let steps = 0
    return (about: { step?: string; agent?: string } = {}) =>
      memoryFor({
        ...{ pool: databases.engine, tenantId: tenant.id, workflowId: workflow.id },
        node: { ...node, key: about.agent ?? 'helper' },
        idempotencyKey: about.step ?? `step-${steps++}`,
      })
  }
  const ada = { conversation: 'ada', most: 10 }

  test('is written once, however often its step runs', async () => {
    const step = await anAgentStep()
    const messages = [user('Hi'), says('Hello')]
    for (let time = 0; time < 3; time++)
      await step({ step: 'same' }).append({ conversation: 'ada', messages })
    expect(await step().read(ada)).toEqual(messages)
  })

  test('gives the newest, oldest first, in the order in which they were said', async () => {
    const step = await anAgentStep()
    for (const n of [1, 2, 3])
      await step().append({
        conversation: 'ada',
        messages: [user(`Q${n}`), calls('a'), gives('a'), says(`A${n}`)],
      })
    const newest = await step().read({ conversation: 'ada', most: 6 })
    expect(newest).toEqual([user('Q3'), calls('a'), gives('a'), says('A3')])
  })

  test('gives no more than a model and a record can take', async () => {
    const step = await anAgentStep()
    const messages = Array.from({ length: 15 }, (_, n) => user(`${n} ${'x'.repeat(90_000)}`))
    await step().append({ conversation: 'ada', messages })
    const read = await step().read({ conversation: 'ada', most: 15 })
    expect(read).toHaveLength(11)
    expect(read.at(-1)).toEqual(messages.at(-1))
  })

  test('is its own agent’s and its own key’s', async () => {
    const step = await anAgentStep()
    await step().append({ conversation: 'ada', messages: [user('Hi')] })
    expect(await step().read({ conversation: 'grace', most: 10 })).toEqual([])
    expect(await step({ agent: 'other' }).read(ada)).toEqual([])
    expect(await (await anAgentStep())().read(ada)).toEqual([])
  })

  test('keeps any text, and of a very long one the beginning', async () => {
    const step = await anAgentStep()
    await step().append({
      conversation: 'ada\u0000',
      messages: [user('a\u0000\ud800'), says('x'.repeat(200_000))],
    })
    const [first, second] = await step().read(ada)
    expect(first).toEqual(user('a\u0000\ud800'))
    expect(second).toMatchObject({ text: 'x'.repeat(100_000) })
  })
})

import { defineNode, fail, Json, JsonObject, type Means, type ModelMessage, z } from '../kit/index.ts'
import { runAgent } from './loop.ts'
import { systemOf } from './prompt.ts'
import { messagesFrom, toRecord } from './recorded.ts'
import { choicesOf, modelKinds, modelSettings, questionSettings, replyLimits, wantedOf } from './settings.ts'

const Memory = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }).meta({ title: 'None' }),
    z
      .object({
        kind: z.literal('conversation'),
        key: z.string().max(500).meta({
          title: 'Conversation',
          description: 'What tells conversations apart, such as a phone number. Each has its own memory.',
          placeholder: 'trigger.from',
        }),
        messages: z.number().int().min(2).max(200).default(20).meta({
          title: 'Messages',
          description: 'How many of the newest it is reminded of; tool calls and their results count.',
        }),
      })
      .meta({ title: 'By conversation' }),
  ])
  .default({ kind: 'none' })
  .meta({ title: 'Memory' })

const Limits = z
  .object({
    steps: z.number().int().min(1).max(100).default(10).meta({
      title: 'Model calls',
      description: 'After so many the agent is stopped, before the next call.',
    }),
    tokens: z
      .number()
      .int()
      .min(1)
      .max(10_000_000)
      .default(100_000)
      .meta({ title: 'Tokens', description: 'Of all its calls together, read and written.' }),
    costUsd: z
      .number()
      .min(0)
      .max(10_000)
      .optional()
      .meta({ title: 'US dollars', description: 'Needs a model whose price is known.' }),
  })
  .default({ steps: 10, tokens: 100_000 })
  .meta({ title: 'Limits' })

const count = z.number()

export const agentRun = defineNode({
  id: 'agent.run',
  version: 1,
  title: 'AI agent',
  summary: 'A model with instructions that uses the tools you draw to it, until it has an answer.',
  group: 'agent',
  icon: 'bot',
  line: '{message}',
  connection: { kinds: [...modelKinds], required: true },
  takesTools: true,
  // Its calls are sub-steps, each recorded by itself: running the step again repeats none of them.
  effect: 'read',
  retry: { attempts: 3, delayMs: 2_000 },
  timeoutMs: 600_000,
  params: z.object({
    model: modelSettings.model,
    ...questionSettings,
    memory: Memory,
    limits: Limits,
    fallback: modelSettings.fallback,
    maxTokens: modelSettings.maxTokens,
    temperature: modelSettings.temperature,
  }),
  output: z.object({
    text: z.string().meta({ title: 'Text' }),
    data: Json.meta({ title: 'Data', description: 'The answer as data, where a shape was asked for.' }),
    steps: count.meta({ title: 'Model calls' }),
    calls: z
      .array(z.object({ tool: z.string(), args: JsonObject, failed: z.boolean() }))
      .meta({ title: 'Tools used' }),
    usage: z
      .object({
        inputTokens: count,
        outputTokens: count,
        costUsd: count.nullable().meta({ description: 'Null when the price is not known.' }),
      })
      .meta({ title: 'Usage' }),
  }),
  outputLike: { schema: 'output.schema', at: 'data' },
  async run(means) {
    const { params, connection } = means
    const history = await remembered(params.memory, means)
    const system = systemOf({ instructions: params.instructions, hasTools: means.tools.length > 0 })
    const done = await runAgent(
      {
        request: {
          choices: choicesOf(params, connection),
          ...replyLimits(params),
          ...(system === undefined ? {} : { system }),
        },
        history,
        message: params.message,
        wanted: wantedOf(params.output),
        limits: params.limits,
        tainted: means.here.outside() || history.length > 0,
      },
      means,
    )
    if (params.memory.kind === 'conversation')
      await means.memory.append({ conversation: params.memory.key.trim(), messages: plain(done.said) })
    const { steps, inputTokens, outputTokens, costUsd } = done.spent
    return {
      text: done.text,
      data: done.data,
      steps,
      calls: done.used.map(({ tool, args, failed }) => ({ tool, args, failed })),
      usage: { inputTokens, outputTokens, costUsd },
    }
  },
  examples: [
    {
      title: 'Answer a question',
      params: {
        model: 'claude-sonnet-5-5',
        instructions: 'You answer customers of a coffee roaster. Be brief and friendly.',
        message: 'Do you ship to Portugal?',
      },
      means: { models: [{ text: 'Yes, within four days.' }] },
      output: {
        text: 'Yes, within four days.',
        data: null,
        steps: 1,
        calls: [],
        usage: { inputTokens: 100, outputTokens: 10, costUsd: 0.001 },
      },
    },
    {
      title: 'Look something up first',
      params: {
        model: 'claude-sonnet-5-5',
        instructions: 'Answer with what the tools say.',
        message: 'Where is order 7?',
        output: {
          kind: 'json',
          schema: {
            type: 'object',
            properties: { status: { type: 'string' } },
            required: ['status'],
          },
        },
      },
      means: {
        models: [
          { calls: [{ id: 'c1', name: 'find_order', args: { order: 7 } }] },
          { text: '{"status":"shipped"}', data: { status: 'shipped' } },
        ],
        tools: [
          {
            name: 'find_order',
            args: { type: 'object', properties: { order: { type: 'integer' } }, required: ['order'] },
            output: { status: 'shipped' },
          },
        ],
      },
      output: {
        text: '{"status":"shipped"}',
        data: { status: 'shipped' },
        steps: 2,
        calls: [{ tool: 'find_order', args: { order: 7 }, failed: false }],
        usage: { inputTokens: 200, outputTokens: 20, costUsd: 0.002 },
      },
    },
    {
      title: 'A limit stops it before the next call',
      params: { model: 'claude-sonnet-5-5', message: 'Search until you find it.', limits: { steps: 1 } },
      means: {
        models: [{ calls: [{ id: 'c1', name: 'search', args: {} }] }],
        tools: [{ name: 'search', args: { type: 'object', properties: {} }, output: [] }],
      },
      fails: 'budget_reached',
    },
  ],
})

/** What was said before; recorded, so that every attempt of the step remembers the same. */
async function remembered(
  memory: z.output<typeof Memory>,
  means: Pick<Means, 'step' | 'memory'>,
): Promise<ModelMessage[]> {
  if (memory.kind === 'none') return []
  const conversation = memory.key.trim()
  if (conversation === '')
    throw fail('no_conversation', 'The key of the conversation is empty: the agent cannot tell whose it is.')
  const recorded = await means.step(
    { name: 'memory', kind: 'other', title: 'Memory', input: { conversation } },
    async () => ({ output: toRecord(await means.memory.read({ conversation, most: memory.messages })) }),
  )
  return messagesFrom(recorded)
}

/** Without what only one model understands: the next conversation may be another's. */
const plain = (said: readonly ModelMessage[]): ModelMessage[] =>
  said.map((message) =>
    message.role === 'assistant' ? { role: message.role, text: message.text, calls: message.calls } : message,
  )

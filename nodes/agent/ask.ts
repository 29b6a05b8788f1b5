import { defineNode, Json, z } from '../kit/index.ts'
import { runAgent } from './loop.ts'
import { systemOf } from './prompt.ts'
import { choicesOf, modelKinds, modelSettings, questionSettings, replyLimits, wantedOf } from './settings.ts'

export const agentAsk = defineNode({
  id: 'agent.ask',
  version: 1,
  title: 'Ask a model',
  summary: 'Asks a model once, and gives its answer as text or as data of a shape you choose.',
  group: 'agent',
  icon: 'sparkles',
  line: '{message}',
  connection: { kinds: [...modelKinds], required: true },
  effect: 'read',
  retry: { attempts: 3, delayMs: 2_000 },
  timeoutMs: 300_000,
  params: z.object({ ...questionSettings, ...modelSettings }),
  output: z.object({
    text: z.string().meta({ title: 'Text' }),
    data: Json.meta({ title: 'Data', description: 'The answer as data, where a shape was asked for.' }),
    usage: z
      .object({ inputTokens: z.number(), outputTokens: z.number(), costUsd: z.number().nullable() })
      .meta({ title: 'Usage' }),
  }),
  outputLike: { schema: 'output.schema', at: 'data' },
  async run({ params, connection, step, ask, model, stream, here }) {
    const system = systemOf({ instructions: params.instructions, hasTools: false })
    const { text, data, spent } = await runAgent(
      {
        request: {
          choices: choicesOf(params, connection),
          ...replyLimits(params),
          ...(system === undefined ? {} : { system }),
        },
        history: [],
        message: params.message,
        wanted: wantedOf(params.output),
        // One answer, and one more to put its shape right.
        limits: { steps: 2, tokens: Number.POSITIVE_INFINITY },
        tainted: true,
      },
      { step, ask, model, stream, here, tools: [] },
    )
    const { inputTokens, outputTokens, costUsd } = spent
    return { text, data, usage: { inputTokens, outputTokens, costUsd } }
  },
  examples: [
    {
      title: 'Sum up',
      params: { model: 'claude-haiku-5-5', message: 'Sum up in one line: the parcel came late and wet.' },
      means: { models: [{ text: 'A late, wet parcel.' }] },
      output: {
        text: 'A late, wet parcel.',
        data: null,
        usage: { inputTokens: 100, outputTokens: 10, costUsd: 0.001 },
      },
    },
    {
      title: 'Sort a message',
      params: {
        model: 'claude-haiku-5-5',
        instructions: 'Say what the message is about.',
        message: 'My parcel came wet.',
        output: {
          kind: 'json',
          schema: {
            type: 'object',
            properties: { topic: { enum: ['delivery', 'payment', 'other'] } },
            required: ['topic'],
          },
        },
      },
      means: { models: [{ text: '{"topic":"delivery"}' }] },
      output: {
        text: '{"topic":"delivery"}',
        data: { topic: 'delivery' },
        usage: { inputTokens: 100, outputTokens: 10, costUsd: 0.001 },
      },
    },
    {
      title: 'An answer that does not fit is sent back once',
      params: {
        model: 'claude-haiku-5-5',
        message: 'How many?',
        output: { kind: 'json', schema: { type: 'integer' } },
      },
      means: { models: [{ text: 'Seven.' }, { text: '"seven"' }] },
      fails: 'invalid_answer',
    },
    {
      title: 'A refusal is a failure',
      params: { model: 'claude-haiku-5-5', message: 'Something it will not do.' },
      means: { models: [{ stop: 'refused' }] },
      fails: 'model_refused',
    },
  ],
})

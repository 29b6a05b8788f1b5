import { defineNode, StepFailure, z } from '../kit/index.ts'
import { Channel, callSlack, MessageTime } from './call.ts'

export const slackReact = defineNode({
  id: 'slack.react',
  version: 1,
  title: 'React in Slack',
  summary: 'Puts an emoji on a message.',
  group: 'app',
  icon: 'hash',
  line: 'React with {emoji}',
  connection: { kinds: ['slack.bot'], required: true },
  effect: 'idempotent',
  destination: ['channel'],
  retry: { attempts: 4, delayMs: 2_000 },
  timeoutMs: 30_000,
  params: z.object({
    channel: Channel.meta({
      title: 'Channel',
      description: 'Its id, as posting gave it; a name is not enough here.',
      placeholder: 'C024BE91L',
    }),
    ts: MessageTime,
    emoji: z
      .string()
      .regex(
        /^:?[\w+-]{1,100}(?:::[\w-]{1,50})?:?$/,
        'An emoji is given by its name, such as white_check_mark',
      )
      .meta({ title: 'Emoji', description: 'Its name in Slack.', placeholder: 'white_check_mark' }),
  }),
  output: z.object({
    added: z.boolean().meta({ title: 'Added', description: 'False: the app had reacted so before.' }),
  }),
  async run({ params, http }) {
    const name = params.emoji.replace(/^:|:$/g, '')
    try {
      await callSlack(http, 'reactions.add', { channel: params.channel, timestamp: params.ts, name })
      return { added: true }
    } catch (error) {
      if (error instanceof StepFailure && error.failure.code === 'already_reacted') return { added: false }
      throw error
    }
  },
  examples: [
    {
      title: 'Tick a message off',
      params: { channel: 'C024BE91L', ts: '1767225600.000100', emoji: 'white_check_mark' },
      replies: {
        'POST https://slack.com/api/reactions.add': { status: 200, headers: {}, body: { ok: true } },
      },
      output: { added: true },
    },
    {
      title: 'A second time',
      params: { channel: 'C024BE91L', ts: '1767225600.000100', emoji: ':eyes:' },
      replies: {
        'POST https://slack.com/api/reactions.add': {
          status: 200,
          headers: {},
          body: { ok: false, error: 'already_reacted' },
        },
      },
      output: { added: false },
    },
  ],
})

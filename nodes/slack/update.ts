import { defineNode, z } from '../kit/index.ts'
import { Blocks, Channel, callSlack, MessageTime, Posted, posted, Text } from './call.ts'

export const slackUpdate = defineNode({
  id: 'slack.update',
  version: 1,
  title: 'Change a Slack message',
  summary: 'Replaces the text of a message that the app posted.',
  group: 'app',
  icon: 'hash',
  line: 'Change a message in {channel}',
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
    text: Text,
    blocks: Blocks,
  }),
  output: Posted,
  async run({ params, http }) {
    const { blocks, ...message } = params
    return posted(await callSlack(http, 'chat.update', { ...message, ...(blocks ? { blocks } : {}) }))
  },
  examples: [
    {
      title: 'Say that it is done',
      params: { channel: 'C024BE91L', ts: '1767225600.000100', text: 'Order shipped' },
      replies: {
        'POST https://slack.com/api/chat.update': {
          status: 200,
          headers: {},
          body: { ok: true, channel: 'C024BE91L', ts: '1767225600.000100', text: 'Order shipped' },
        },
      },
      output: { channel: 'C024BE91L', ts: '1767225600.000100' },
    },
  ],
})

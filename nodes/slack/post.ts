import { defineNode, sendOnce, textIn, z } from '../kit/index.ts'
import {
  Blocks,
  Channel,
  callSlack,
  keyMetadata,
  MessageTime,
  Posted,
  posted,
  postedByKey,
  Text,
} from './call.ts'

export const slackPost = defineNode({
  id: 'slack.post',
  version: 1,
  title: 'Post to Slack',
  summary: 'Sends a message to a channel or a person.',
  group: 'app',
  icon: 'hash',
  line: 'Post in {channel}',
  connection: { kinds: ['slack.bot'], required: true },
  effect: 'once',
  destination: ['channel'],
  retry: { attempts: 4, delayMs: 2_000 },
  timeoutMs: 30_000,
  params: z.object({
    channel: Channel,
    text: Text,
    thread: MessageTime.optional().meta({
      title: 'In the thread of',
      description: 'The time that names the message to answer; empty for a message of its own.',
    }),
    blocks: Blocks,
  }),
  output: Posted,
  async run({ params, http, idempotencyKey: key }) {
    const { channel, text, thread, blocks } = params
    const body = {
      ...{ channel, text, metadata: keyMetadata(key) },
      ...(thread ? { thread_ts: thread } : {}),
      ...(blocks ? { blocks } : {}),
    }
    return posted(await callSlack(sendOnce(http), 'chat.postMessage', body))
  },
  // Needs the permission to read the channel, and its id. A message that is not there may still be on its way: who
  // does not find it knows nothing.
  async reconcile({ params: { channel, thread }, http, idempotencyKey: key }) {
    if (!/^[CGD][A-Z0-9]{6,}$/.test(channel)) return null
    const found = await postedByKey(http, { channel, thread, key })
    return found ? { happened: true, output: { channel, ts: textIn(found, 'ts') } } : null
  },
  examples: [
    {
      title: 'Tell a channel',
      params: { channel: '#orders', text: 'A new order came in' },
      replies: {
        'POST https://slack.com/api/chat.postMessage': {
          status: 200,
          headers: {},
          body: { ok: true, channel: 'C024BE91L', ts: '1767225600.000100' },
        },
      },
      output: { channel: 'C024BE91L', ts: '1767225600.000100' },
    },
    {
      title: 'A channel without the app',
      params: { channel: '#secret', text: 'Hello' },
      replies: {
        'POST https://slack.com/api/chat.postMessage': {
          status: 200,
          headers: {},
          body: { ok: false, error: 'not_in_channel' },
        },
      },
      fails: 'not_in_channel',
    },
  ],
})

import {
  answered,
  badSignature,
  type Delivery,
  defineTrigger,
  isHmacSha256,
  isRecent,
  JsonObject,
  nothing,
  objectIn,
  objectsIn,
  readDelivery,
  signedBytes,
  textIn,
  z,
} from '../kit/index.ts'

const kinds = [
  'message',
  'app_mention',
  'reaction_added',
  'member_joined_channel',
  'app_home_opened',
] as const

export const slackEvent = defineTrigger({
  id: 'slack.event',
  version: 1,
  title: 'Slack event',
  summary: 'Starts when something happens in Slack, such as a message or a mention of the app.',
  group: 'trigger',
  icon: 'hash',
  line: 'On {events} in Slack',
  starts: 'event',
  connection: { kinds: ['slack.bot'], required: true },
  params: z.object({
    events: z
      .array(
        z.enum(kinds).meta({
          options: {
            message: 'Message',
            app_mention: 'Mention of the app',
            reaction_added: 'Reaction',
            member_joined_channel: 'Somebody joined a channel',
            app_home_opened: 'The app’s page was opened',
          },
          static: true,
        }),
      )
      .min(1)
      .max(kinds.length)
      .default(['message'])
      .meta({
        title: 'Events',
        description: 'Subscribe to the same ones on your app’s page “Event Subscriptions”.',
        static: true,
      }),
    channel: z.string().max(50).default('').meta({
      title: 'Only in the channel',
      description: 'Its id; empty for every channel the app is in.',
      placeholder: 'C024BE91L',
      static: true,
    }),
    bots: z.boolean().default(false).meta({
      title: 'From other bots too',
      description: 'Messages of the app itself never start the workflow.',
      static: true,
    }),
  }),
  output: z.object({
    type: z.string().meta({ title: 'Event' }),
    text: z.string().meta({ title: 'Text' }),
    user: z.string().meta({ title: 'Person', description: 'The id of whoever did it.' }),
    channel: z.string().meta({ title: 'Channel' }),
    ts: z.string().meta({ title: 'Message', description: 'The time that names it.' }),
    thread: z.string().meta({
      title: 'Thread',
      description: 'The message whose thread it is in, else the message itself: where an answer goes.',
    }),
    event: JsonObject.meta({ title: 'Whole event', description: 'As Slack sent it.' }),
  }),
  async receive(delivery) {
    await verify(delivery)
    const { params } = delivery
    const sent = readDelivery(delivery.body)
    if (sent.type === 'url_verification') return nothing(answered({ challenge: textIn(sent, 'challenge') }))
    const event = objectIn(sent, 'event')
    if (sent.type !== 'event_callback' || !event || !isWanted(event, sent, params)) return nothing()
    return { reply: answered(), runs: [{ key: textIn(sent, 'event_id'), output: outputOf(event) }] }
  },
  examples: [
    {
      title: 'A mention of the app',
      params: { events: ['app_mention'] },
      output: {
        type: 'app_mention',
        text: '<@U0LAN0Z89> is order 7 on its way?',
        user: 'U061F7AUR',
        channel: 'C024BE91L',
        ts: '1767225600.000100',
        thread: '1767225600.000100',
        event: { type: 'app_mention', user: 'U061F7AUR' },
      },
    },
  ],
})

/** `v0=` and the HMAC of version, time and body (Slack: “Verifying requests from Slack”). */
async function verify({ headers, body, fields, nowMs }: Delivery<unknown>): Promise<void> {
  const time = headers['x-slack-request-timestamp'] ?? ''
  const [, hex = ''] = /^v0=([0-9a-f]{64})$/.exec(headers['x-slack-signature'] ?? '') ?? []
  const about = { secret: textIn(fields, 'signingSecret'), bytes: signedBytes(`v0:${time}:`, body) }
  if (!isRecent(time, nowMs) || !(await isHmacSha256(hex, about))) throw badSignature()
}

interface Wanted {
  events: readonly string[]
  channel: string
  bots: boolean
}

function isWanted(event: JsonObject, sent: JsonObject, { events, channel, bots }: Wanted): boolean {
  if (!events.includes(textIn(event, 'type'))) return false
  if (channel !== '' && channelOf(event) !== channel) return false
  // Edits, removals and joins come as messages with a subtype; what somebody wrote has none of those.
  const subtype = textIn(event, 'subtype')
  if (!['', 'file_share', 'thread_broadcast', 'bot_message'].includes(subtype)) return false
  return !isOwn(event, sent) && (bots || (textIn(event, 'bot_id') === '' && subtype !== 'bot_message'))
}

/** An answer of the app would start the workflow again, for ever. */
function isOwn(event: JsonObject, sent: JsonObject): boolean {
  const app = textIn(sent, 'api_app_id')
  const madeBy = textIn(event, 'app_id') || textIn(objectIn(event, 'bot_profile'), 'app_id')
  if (app !== '' && madeBy === app) return true
  const user = textIn(event, 'user')
  return (
    user !== '' &&
    objectsIn(sent, 'authorizations').some((one) => one.is_bot === true && one.user_id === user)
  )
}

/** A reaction names its channel in the item it is on. */
function channelOf(event: JsonObject): string {
  return textIn(event, 'channel') || textIn(objectIn(event, 'item'), 'channel')
}

function outputOf(event: JsonObject) {
  const ts = textIn(event, 'ts') || textIn(objectIn(event, 'item'), 'ts')
  return {
    type: textIn(event, 'type'),
    text: textIn(event, 'text') || textIn(event, 'reaction'),
    user: textIn(event, 'user'),
    channel: channelOf(event),
    ts,
    thread: textIn(event, 'thread_ts') || ts,
    event,
  }
}

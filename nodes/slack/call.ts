import {
  fail,
  type Http,
  isJsonObject,
  Json,
  type JsonObject,
  objectIn,
  objectsIn,
  textIn,
  z,
} from '../kit/index.ts'

/** Slack's own answer when it could not help at the moment. */
const later = new Set(['ratelimited', 'rate_limited', 'internal_error', 'service_unavailable', 'fatal_error'])

const hints: Record<string, string> = {
  channel_not_found: 'There is no such channel, or the app is not in it. Invite it with /invite.',
  not_in_channel: 'The app is not in this channel. Invite it with /invite.',
  missing_scope: 'The app lacks a permission. Add it under “OAuth & Permissions” and install the app again.',
  invalid_auth: 'Slack refuses the token. Replace it in the connection.',
  token_revoked: 'The token was revoked. Install the app again and replace it in the connection.',
  message_not_found: 'There is no such message in this channel.',
}

/** One method of Slack's Web API. It says 200 to nearly everything, and what went wrong in `error`. */
export async function callSlack(http: Http, method: string, body: JsonObject): Promise<JsonObject> {
  const reply = await http({
    method: 'POST',
    url: `https://slack.com/api/${method}`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body,
  })
  if (isJsonObject(reply.body) && reply.body.ok === true) return reply.body
  const code = isJsonObject(reply.body) ? textIn(reply.body, 'error') : ''
  if (!/^[a-z0-9_]{1,100}$/.test(code))
    throw fail('slack_error', `Slack answered with status ${reply.status} and no reason`)
  throw fail(code, hints[code] ?? `Slack refused this: ${code}`, { retryable: later.has(code) })
}

/** The type of the metadata by which a message carries the key of the step that posted it. */
const EVENT_TYPE = 'trama_step'

export const keyMetadata = (key: string) => ({ event_type: EVENT_TYPE, event_payload: { key } })

/** The newest messages of a channel, or of a thread in it, by the keys of the steps that posted them. */
export async function postedByKey(
  http: Http,
  { channel, thread, key }: { channel: string; thread: string | undefined; key: string },
): Promise<JsonObject | undefined> {
  const method = thread ? 'conversations.replies' : 'conversations.history'
  const query = { channel, ...(thread ? { ts: thread } : {}), include_all_metadata: 'true', limit: '200' }
  const { body } = await http({ url: `https://slack.com/api/${method}`, query })
  if (!isJsonObject(body) || body.ok !== true) return undefined
  return objectsIn(body, 'messages').find((message) => {
    const metadata = objectIn(message, 'metadata')
    return (
      textIn(metadata, 'event_type') === EVENT_TYPE &&
      textIn(objectIn(metadata, 'event_payload'), 'key') === key
    )
  })
}

export const Channel = z.string().min(1).max(200).meta({
  title: 'Channel',
  description: 'Its id, or its name with #. A person’s id sends them a direct message.',
  placeholder: '#orders',
})

export const MessageTime = z
  .string()
  .regex(/^\d{1,12}\.\d{1,9}$/, 'A message is named by its time, such as 1718000000.000100')
  .meta({
    title: 'Message',
    description: 'The time that names it: ts of the message that was posted or received.',
    placeholder: '1718000000.000100',
  })

export const Text = z.string().min(1).max(40_000).meta({
  title: 'Text',
  description: 'In Slack’s way of writing: *bold*, _italic_, <https://example.com|a link>.',
  placeholder: 'A new order came in',
  widget: 'multiline',
})

export const Blocks = z.array(Json).max(50).optional().meta({
  title: 'Blocks',
  description: 'A layout of Block Kit, in place of plain text; the text is then what notifications show.',
  widget: 'json',
})

export const Posted = z.object({
  channel: z.string().meta({ title: 'Channel' }),
  ts: z.string().meta({ title: 'Message', description: 'The time that names it.' }),
})

export function posted(said: JsonObject): z.infer<typeof Posted> {
  return { channel: textIn(said, 'channel'), ts: textIn(said, 'ts') }
}

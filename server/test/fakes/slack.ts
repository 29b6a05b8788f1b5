import { createHmac, randomUUID } from 'node:crypto'
import { type FakeCall, type FakeReply, jsonOf, serveFake } from './fake.ts'

export const slackToken = 'xoxb-fake-1234567890-abcdef'
export const slackSigningSecret = '8f742231b10e8888abcd99yyyzzz85a5'

interface Message {
  channel: string
  ts: string
  text: string
  thread?: string
  reactions: string[]
}

const channels: Record<string, string> = { '#orders': 'C024BE91L', C024BE91L: 'C024BE91L' }

/** A Slack workspace: strict about token, media type and fields, and 200 to nearly everything, as the real one is. */
export async function fakeSlack() {
  const messages: Message[] = []
  /** The metadata of messages, by the time that names them. */
  const metadata = new Map<string, unknown>()
  /** How many of the next calls are told to come back later; whether the app may read its channels. */
  const state = { limited: 0, mayRead: true }

  function answer(call: FakeCall): FakeReply {
    if (state.limited > 0) {
      state.limited -= 1
      return { status: 429, headers: { 'retry-after': '1' }, json: { ok: false, error: 'ratelimited' } }
    }
    if (call.headers.authorization !== `Bearer ${slackToken}`) return refused('invalid_auth')
    if (/^\/api\/conversations\.(history|replies)$/.test(call.path)) return history(call)
    if (call.method !== 'POST') return refused('method_not_supported_for_channel_type')
    if (call.path === '/api/auth.test')
      return { json: { ok: true, team: 'Acme', user: 'trama', user_id: 'U0BOT' } }
    const body = jsonOf(call)
    if (!body) return refused('invalid_post_type')
    switch (call.path) {
      case '/api/chat.postMessage':
        return post(body)
      case '/api/chat.update':
        return update(body)
      case '/api/reactions.add':
        return react(body)
    }
    return refused('unknown_method')
  }

  /** Reads by id alone, and only what is in the query. */
  function history({ query, path }: FakeCall): FakeReply {
    if (!state.mayRead) return refused('missing_scope')
    const id = query.get('channel') ?? ''
    const thread = query.get('ts') ?? undefined
    if (!Object.values(channels).includes(id)) return refused('channel_not_found')
    if (path.endsWith('replies') !== (thread !== undefined)) return refused('invalid_arguments')
    const all = messages.filter((one) => one.channel === id && one.thread === thread).toReversed()
    const shown = query.get('include_all_metadata') === 'true'
    const found = all.slice(0, Number(query.get('limit') ?? 100)).map(({ ts, text }) => ({
      ...{ type: 'message', ts, text },
      ...(shown && metadata.has(ts) ? { metadata: metadata.get(ts) } : {}),
    }))
    return { json: { ok: true, messages: found, has_more: all.length > found.length } }
  }

  function post({
    channel,
    text,
    thread_ts,
    blocks,
    metadata: given,
    ...rest
  }: Record<string, unknown>): FakeReply {
    if (Object.keys(rest).length > 0) return refused('invalid_arguments')
    if (given !== undefined && !isMetadata(given)) return refused('invalid_metadata_format')
    if (blocks !== undefined && !Array.isArray(blocks)) return refused('invalid_blocks')
    if (typeof text !== 'string' || text === '') return refused('no_text')
    const id = typeof channel === 'string' ? channels[channel] : undefined
    if (!id) return refused('channel_not_found')
    const ts = `1767225600.${String(messages.length + 1).padStart(6, '0')}`
    const thread = typeof thread_ts === 'string' ? { thread: thread_ts } : {}
    messages.push({ channel: id, ts, text, reactions: [], ...thread })
    if (given !== undefined) metadata.set(ts, given)
    return { json: { ok: true, channel: id, ts, message: { text } } }
  }

  function update({ channel, ts, text }: Record<string, unknown>): FakeReply {
    const found = messages.find((one) => one.channel === channel && one.ts === ts)
    if (!found) return refused('message_not_found')
    if (typeof text !== 'string' || text === '') return refused('no_text')
    found.text = text
    return { json: { ok: true, channel: found.channel, ts: found.ts, text } }
  }

  function react({ channel, timestamp, name, ...rest }: Record<string, unknown>): FakeReply {
    if (Object.keys(rest).length > 0) return refused('invalid_arguments')
    const found = messages.find((one) => one.channel === channel && one.ts === timestamp)
    if (!found) return refused('message_not_found')
    if (typeof name !== 'string' || !/^[\w+-]+(::[\w-]+)?$/.test(name)) return refused('invalid_name')
    if (found.reactions.includes(name)) return refused('already_reacted')
    found.reactions.push(name)
    return { json: { ok: true } }
  }

  const fake = await serveFake(answer)
  return {
    ...fake,
    messages,
    state,
    services: [{ host: 'slack.com', origin: fake.url }],
    connection: {
      kind: 'slack.bot',
      fields: { token: slackToken, signingSecret: slackSigningSecret },
    },
  }
}

const isMetadata = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  'event_type' in value &&
  typeof value.event_type === 'string' &&
  'event_payload' in value &&
  typeof value.event_payload === 'object'

const refused = (error: string): FakeReply => ({ json: { ok: false, error } })

/** A delivery of an event as Slack signs it. */
export function slackDelivery(
  event: Record<string, unknown>,
  about: { id?: string; secret?: string; atMs?: number } = {},
) {
  const body = {
    type: 'event_callback',
    api_app_id: 'A0TRAMA',
    team_id: 'T0ACME',
    event_id: about.id ?? `Ev${randomUUID()}`,
    authorizations: [{ team_id: 'T0ACME', user_id: 'U0BOT', is_bot: true }],
    event,
  }
  return signedForSlack(JSON.stringify(body), about)
}

export function signedForSlack(body: string, about: { secret?: string; atMs?: number } = {}) {
  const { secret = slackSigningSecret, atMs = Date.now() } = about
  const time = String(Math.floor(atMs / 1_000))
  const signature = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': time,
      'x-slack-signature': `v0=${signature}`,
    },
  }
}

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
  /** How many of the next calls are told to come back later. */
  const state = { limited: 0 }

  function answer(call: FakeCall): FakeReply {
    if (state.limited > 0) {
      state.limited -= 1
      return { status: 429, headers: { 'retry-after': '1' }, json: { ok: false, error: 'ratelimited' } }
    }
    if (call.method !== 'POST') return refused('method_not_supported_for_channel_type')
    if (call.headers.authorization !== `Bearer ${slackToken}`) return refused('invalid_auth')
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

  function post({ channel, text, thread_ts, blocks, ...rest }: Record<string, unknown>): FakeReply {
    if (Object.keys(rest).length > 0) return refused('invalid_arguments')
    if (blocks !== undefined && !Array.isArray(blocks)) return refused('invalid_blocks')
    if (typeof text !== 'string' || text === '') return refused('no_text')
    const id = typeof channel === 'string' ? channels[channel] : undefined
    if (!id) return refused('channel_not_found')
    const ts = `1767225600.${String(messages.length + 1).padStart(6, '0')}`
    const thread = typeof thread_ts === 'string' ? { thread: thread_ts } : {}
    messages.push({ channel: id, ts, text, reactions: [], ...thread })
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

import { createHmac } from 'node:crypto'
import net from 'node:net'
import { z } from 'zod'
import { fail } from '#nodes/kit/failure.ts'
import { mailOf } from '#server/drivers/message.ts'
import { type SmtpLogin, sendBySmtp } from '#server/drivers/smtp.ts'
import { type ConnectionDoor, stepHttp } from '#server/runtime/connection-http.ts'
import { liveConnection } from '#server/runtime/live-connection.ts'
import { smtpOf } from '#server/runtime/means/smtp.ts'
import { type AlertMessage, subjectOf, textOf } from './message.ts'
import { StoredTarget } from './rule.ts'

const PATIENCE_MS = 20_000

/** The installation’s own mail server. */
export interface OwnMail {
  login: SmtpLogin
  from: string
}

export interface ChannelParts {
  door: ConnectionDoor
  mail: OwnMail | null
}

export interface Destination {
  tenantId: string
  ruleId: string
  target: unknown
  connectionId: string | null
}

/** Sends one message. Throws what went wrong in words; a failure that is not retryable stays one. */
export async function send(parts: ChannelParts, to: Destination, message: AlertMessage): Promise<void> {
  const target = StoredTarget.parse(to.target)
  if ('to' in target) return sendMail(parts, { ...to, to: target.to }, message)
  if ('channel' in target) return postToSlack(parts, { ...to, channel: target.channel }, message)
  return postToAddress(parts, { ...to, ...target }, message)
}

async function sendMail(
  { door, mail }: ChannelParts,
  about: Destination & { to: string[] },
  message: AlertMessage,
) {
  const { tenantId, connectionId, to } = about
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const written = (from: string) =>
    mailOf({ from, to, subject: subjectOf(message), text: textOf(message) }, [])
  if (connectionId) {
    const which = { tenantId, id: connectionId, kinds: ['email.smtp'] }
    const { fields } = await liveConnection(door, which)
    await smtpOf(door, { ...which, signal }).send(written(senderOf(fields)))
  } else if (mail) {
    // The operator named this server: it may well be a private address.
    await sendBySmtp({ login: mail.login, connect: plainSocket, signal }, written(mail.from))
  } else
    throw fail(
      'mail_missing',
      'No mail server is set up: set TRAMA_SMTP_URL, or choose a connection for the rule',
    )
}

const Login = z
  .object({ user: z.string().default(''), host: z.string().default('localhost') })
  .catch({ user: '', host: 'localhost' })

/** Whoever signs in to a mail server is usually who may send by it. */
function senderOf(fields: unknown): string {
  const { user, host } = Login.parse(fields)
  return user.includes('@') ? user : `trama@${host}`
}

function plainSocket({
  host,
  port,
  signal,
}: {
  host: string
  port: number
  signal?: AbortSignal
}): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, ...(signal ? { signal } : {}) })
    socket.once('connect', () => resolve(socket)).once('error', reject)
  })
}

const SlackReply = z.object({ ok: z.boolean(), error: z.string().optional() })

async function postToSlack(
  { door }: ChannelParts,
  about: Destination & { channel: string },
  message: AlertMessage,
) {
  const { tenantId, connectionId, channel } = about
  if (!connectionId) throw fail('connection_missing', 'The connection of this rule was deleted')
  const http = stepHttp(door, {
    tenantId,
    connection: connectionId,
    kinds: ['slack.bot'],
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const { body } = await http({
    method: 'POST',
    url: 'https://slack.com/api/chat.postMessage',
    body: { channel, text: slackText(message) },
  })
  const reply = SlackReply.safeParse(body)
  if (!reply.data?.ok)
    throw fail('slack_refused', `Slack refuses the message: ${reply.data?.error ?? 'no reason given'}`)
}

/** Slack reads `<…|…>` as a link: what is not ours is written so that it is text. */
function slackText({ summary, url, rule }: AlertMessage): string {
  const plain = (text: string) =>
    text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '')
  return `*${plain(summary)}*\n<${url}|Open in Trama> · ${plain(rule.name)}`
}

const Sealed = z.object({ url: z.string(), secret: z.string() })

async function postToAddress(
  { door }: ChannelParts,
  about: Destination & { sealed: string; posts: 'slack' | 'json' },
  message: AlertMessage,
) {
  const owner = { tenantId: about.tenantId, id: about.ruleId }
  const { url, secret } = Sealed.parse(door.vault.open(owner, Buffer.from(about.sealed, 'base64')))
  const body = JSON.stringify(about.posts === 'slack' ? { text: slackText(message) } : message)
  const { status } = await door.egress.request({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      ...(about.posts === 'json' ? { 'trama-signature': signed(body, secret) } : {}),
    },
    body,
    timeoutMs: PATIENCE_MS,
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (status >= 300) throw fail(`http_${status}`, `The address answered ${status}`)
}

/** `t` is in the signed text, so that a message kept by somebody cannot be sent again later. */
export function signed(body: string, secret: string, at = Math.floor(Date.now() / 1000)): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
}

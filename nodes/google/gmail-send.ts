import {
  bodyOf,
  defineNode,
  type Http,
  type JsonObject,
  type Mail,
  MailAddresses,
  MailBody,
  MailFiles,
  sendOnce,
  z,
} from '../kit/index.ts'
import { callGoogle, gmailUrl } from './call.ts'
import { base64urlOf, headerOf } from './message.ts'

/** Beyond it a message travels as bytes rather than inside JSON. */
const LARGE = 3 * 1024 * 1024

export const gmailSend = defineNode({
  id: 'gmail.send',
  version: 1,
  title: 'Send by Gmail',
  summary: 'Sends a message from a Google account, or answers one.',
  group: 'app',
  icon: 'mail',
  line: 'Mail {to}: {subject}',
  connection: { kinds: ['google.oauth'], required: true },
  effect: 'once',
  destination: ['to', 'cc', 'bcc', 'answers'],
  retry: { attempts: 3, delayMs: 2_000 },
  timeoutMs: 120_000,
  params: z.object({
    to: MailAddresses.min(1).meta({ title: 'To', placeholder: 'ada@example.com' }),
    cc: MailAddresses.default([]).meta({ title: 'Cc' }),
    bcc: MailAddresses.default([]).meta({ title: 'Bcc' }),
    subject: z.string().max(2_000).default('').meta({
      title: 'Subject',
      description: 'Empty for an answer: then it is that of the message it answers.',
    }),
    body: MailBody,
    answers: z.string().max(100).optional().meta({
      title: 'Answers the message',
      description: 'The ID of a Gmail message; this one joins its thread.',
    }),
    files: MailFiles,
  }),
  output: z.object({
    id: z.string().meta({ title: 'ID' }),
    threadId: z.string().meta({ title: 'Thread ID' }),
  }),
  async run({ params, http, mail }) {
    const { to, cc, bcc, files, body } = params
    const { emailAddress } = await callGoogle(http, { url: `${gmailUrl}/profile` })
    const thread = params.answers ? await threadOf(http, params.answers) : null
    const raw = await mail.compose({
      ...{ from: String(emailAddress), to, cc, bcc, files },
      subject: params.subject || (thread?.subject ?? ''),
      ...bodyOf(body),
      ...(thread ? { headers: thread.headers } : {}),
    })
    return sent(http, { raw, threadId: thread?.threadId })
  },
  examples: [
    {
      title: 'Write to a customer',
      params: { to: ['ada@example.com'], subject: 'Your order', body: { kind: 'text', text: 'On its way!' } },
      means: { mail: true },
      replies: {
        'GET https://gmail.googleapis.com/gmail/v1/users/me/profile': {
          status: 200,
          headers: {},
          body: { emailAddress: 'shop@example.com' },
        },
        'POST https://gmail.googleapis.com/gmail/v1/users/me/messages/send': {
          status: 200,
          headers: {},
          body: { id: '18f1', threadId: '18f1', labelIds: ['SENT'] },
        },
      },
      output: { id: '18f1', threadId: '18f1' },
    },
  ],
})

async function threadOf(http: Http, id: string) {
  const url = `${gmailUrl}/messages/${encodeURIComponent(id)}?format=metadata`
  const message = await callGoogle(http, { url })
  const messageId = headerOf(message, 'Message-ID')
  const subject = headerOf(message, 'Subject')
  const references = [headerOf(message, 'References'), messageId].filter(Boolean).join(' ')
  return {
    threadId: String(message.threadId),
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    headers: headersOf(messageId, references),
  }
}

function headersOf(messageId: string, references: string): Record<string, string> {
  return messageId === '' ? {} : { 'In-Reply-To': messageId, References: references }
}

async function sent(
  http: Http,
  { raw, threadId }: { raw: Awaited<ReturnType<Mail['compose']>>; threadId?: string },
) {
  const thread: JsonObject = threadId ? { threadId } : {}
  const once = sendOnce(http)
  const reply =
    raw.length < LARGE
      ? await callGoogle(once, {
          method: 'POST',
          url: `${gmailUrl}/messages/send`,
          body: { raw: base64urlOf(raw), ...thread },
        })
      : await callGoogle(once, uploadOf(raw, thread))
  return { id: String(reply.id), threadId: String(reply.threadId) }
}

/** Metadata and message side by side, as Google's uploads take them. */
function uploadOf(raw: Uint8Array, thread: JsonObject) {
  const boundary = `trama-${crypto.randomUUID()}`
  const text = new TextEncoder()
  const head = text.encode(
    `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(thread)}\r\n` +
      `--${boundary}\r\nContent-Type: message/rfc822\r\n\r\n`,
  )
  const tail = text.encode(`\r\n--${boundary}--\r\n`)
  const bytes = new Uint8Array(head.length + raw.length + tail.length)
  bytes.set(head)
  bytes.set(raw, head.length)
  bytes.set(tail, head.length + raw.length)
  return {
    method: 'POST' as const,
    url: 'https://gmail.googleapis.com/upload/gmail/v1/users/me/messages/send?uploadType=multipart',
    headers: { 'content-type': `multipart/related; boundary=${boundary}` },
    bytes,
  }
}

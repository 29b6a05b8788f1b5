import MailComposer from 'nodemailer/lib/mail-composer'
import { fail } from '#nodes/kit/failure.ts'
import type { MailMessage } from '#nodes/kit/means.ts'

export const mailLimits = { recipients: 100, bytes: 25 * 1024 * 1024, subject: 2_000, headers: 50 } as const

export interface Attachment {
  filename: string
  contentType: string
  content: Buffer
}

/** A message with its files read, as nodemailer takes it. */
export function mailOf(message: MailMessage, attachments: readonly Attachment[]) {
  check(message, attachments)
  const { from, to, cc = [], bcc = [], replyTo, subject, text, html, headers } = message
  return {
    from,
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    ...(replyTo ? { replyTo } : {}),
    subject,
    text: text ?? (html === undefined ? '' : undefined),
    html,
    headers,
    attachments: [...attachments],
    // Whatever a message says, nothing is fetched or read for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** The message as RFC 5322 text, blind copies with it: services that take it raw read from it who gets it. */
export async function composed(mail: ReturnType<typeof mailOf>): Promise<Buffer> {
  const node = new MailComposer({ ...mail, newline: 'windows' }).compile()
  node.keepBcc = true
  const message = await new Promise<Buffer>((resolve, reject) =>
    node.build((error, bytes) => (error ? reject(error) : resolve(bytes))),
  )
  if (message.length > mailLimits.bytes) throw tooLarge()
  return message
}

function check(message: MailMessage, attachments: readonly Attachment[]): void {
  const { to, cc = [], bcc = [], from, replyTo, subject, headers = {} } = message
  const everybody = [...to, ...cc, ...bcc]
  if (everybody.length === 0) throw fail('invalid_recipient', 'Say who the message is for.')
  if (everybody.length > mailLimits.recipients)
    throw fail('too_many_recipients', `A message has at most ${mailLimits.recipients} recipients.`)
  for (const address of [...everybody, from, ...(replyTo ? [replyTo] : [])]) checkAddress(address)
  if (subject.length > mailLimits.subject)
    throw fail('invalid_subject', `A subject has at most ${mailLimits.subject} characters.`)
  checkLine('subject', subject)
  if (Object.keys(headers).length > mailLimits.headers)
    throw fail('invalid_header', `A message has at most ${mailLimits.headers} headers of its own.`)
  for (const [name, value] of Object.entries(headers)) checkHeader(name, value)
  const size = attachments.reduce((sum, { content }) => sum + content.length, 0)
  if (size > mailLimits.bytes) throw tooLarge()
}

/** `ada@example.com` or `Ada <ada@example.com>`; a comma would make two of one. */
const ADDRESS =
  /^(?:(?:"[^"\r\n]{0,200}"|[^<>",;:\r\n]{0,200})[ \t]*<[^\s<>@,;]{1,200}@[^\s<>@,;]{1,253}>|[^\s<>@,;"]{1,200}@[^\s<>@,;"]{1,253})$/

const MOST_ADDRESS = 1_000

function checkAddress(address: string): void {
  if (address.length > MOST_ADDRESS || !ADDRESS.test(address.trim()))
    throw fail('invalid_recipient', `“${address.slice(0, 100)}” is not an e-mail address.`)
}

/** Set by the message's own fields, or by who passes it on. */
const ours =
  /^(from|to|cc|bcc|reply-to|sender|subject|date|message-id|mime-version|content-.*|received|return-path|dkim-signature)$/i

function checkHeader(name: string, value: string): void {
  if (!/^[!-9;-~]{1,76}$/.test(name) || ours.test(name))
    throw fail('invalid_header', `The header “${name.slice(0, 60)}” cannot be set.`)
  checkLine(`header “${name}”`, value)
}

/** A line break in a header begins another header. */
function checkLine(what: string, text: string): void {
  if (/[\r\n\0]/.test(text)) throw fail('invalid_header', `The ${what} has a line break.`)
}

const tooLarge = () =>
  fail('message_too_large', `A message has at most ${mailLimits.bytes / 1024 / 1024} MB with its files.`)

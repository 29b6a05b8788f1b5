import { bodyOf, defineNode, MailAddress, MailAddresses, MailBody, MailFiles, z } from '../kit/index.ts'

export const emailSend = defineNode({
  id: 'email.send',
  version: 1,
  title: 'Send an email',
  summary: 'Sends a message by a mail server, with files if you like.',
  group: 'app',
  icon: 'mail',
  line: 'Mail {to}: {subject}',
  connection: { kinds: ['email.smtp'], required: true },
  effect: 'once',
  destination: ['to', 'cc', 'bcc', 'replyTo', 'from'],
  retry: { attempts: 3, delayMs: 5_000 },
  timeoutMs: 120_000,
  params: z.object({
    from: MailAddress.meta({ title: 'From', placeholder: 'Shop <shop@example.com>' }),
    to: MailAddresses.min(1).meta({ title: 'To', placeholder: 'ada@example.com' }),
    cc: MailAddresses.default([]).meta({ title: 'Cc' }),
    bcc: MailAddresses.default([]).meta({ title: 'Bcc' }),
    replyTo: MailAddress.optional().meta({ title: 'Answers go to' }),
    subject: z.string().max(2_000).meta({ title: 'Subject' }),
    body: MailBody,
    files: MailFiles,
  }),
  output: z.object({
    messageId: z.string().meta({ title: 'Message ID' }),
    accepted: z.array(z.string()).meta({ title: 'Accepted for' }),
    rejected: z.array(z.string()).meta({ title: 'Refused for' }),
  }),
  async run({ params, mail }) {
    const { from, to, cc, bcc, replyTo, subject, body, files } = params
    return mail.send({
      ...{ from, to, cc, bcc, subject, files },
      ...(replyTo ? { replyTo } : {}),
      ...bodyOf(body),
    })
  },
  examples: [
    {
      title: 'Tell a customer',
      params: {
        from: 'Shop <shop@example.com>',
        to: ['ada@example.com'],
        subject: 'Your order',
        body: { kind: 'text', text: 'On its way!' },
      },
      means: { mail: true },
      output: { messageId: '<example@trama>', accepted: ['ada@example.com'], rejected: [] },
    },
  ],
})

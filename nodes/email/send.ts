import { defineNode, FileRef, z } from '../kit/index.ts'

const Address = z.string().min(3).max(500)
const Addresses = z.array(Address).max(100)

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
    from: Address.meta({ title: 'From', placeholder: 'Shop <shop@example.com>' }),
    to: Addresses.min(1).meta({ title: 'To', placeholder: 'ada@example.com' }),
    cc: Addresses.default([]).meta({ title: 'Cc' }),
    bcc: Addresses.default([]).meta({ title: 'Bcc' }),
    replyTo: Address.optional().meta({ title: 'Answers go to' }),
    subject: z.string().max(2_000).meta({ title: 'Subject' }),
    body: z
      .discriminatedUnion('kind', [
        z
          .object({
            kind: z.literal('text'),
            text: z.string().max(5_000_000).meta({ title: 'Text', widget: 'multiline' }),
          })
          .meta({ title: 'Text' }),
        z
          .object({
            kind: z.literal('html'),
            html: z.string().max(5_000_000).meta({ title: 'HTML', widget: 'multiline' }),
          })
          .meta({ title: 'HTML' }),
      ])
      .meta({ title: 'Message' }),
    files: z
      .array(FileRef.meta({ widget: 'file' }))
      .max(50)
      .default([])
      .meta({ title: 'Files' }),
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
      ...(body.kind === 'html' ? { html: body.html } : { text: body.text }),
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

import { defineConnection, z } from '../kit/index.ts'

export const emailSmtp = defineConnection({
  id: 'email.smtp',
  title: 'Mail server (SMTP)',
  summary: 'Sends mail by a server of your own or of your provider.',
  icon: 'mail',
  fields: z.strictObject({
    host: z
      .string()
      .max(253)
      .regex(/^[\w.:[\]-]+$/)
      .meta({ title: 'Server', placeholder: 'smtp.example.com', secret: false }),
    port: z
      .string()
      .regex(/^\d{1,5}$/)
      .default('465')
      .meta({ title: 'Port', placeholder: '465', secret: false }),
    security: z
      .enum(['tls', 'starttls', 'none'])
      .default('tls')
      .meta({
        title: 'Encryption',
        options: { tls: 'TLS (usually port 465)', starttls: 'STARTTLS (usually port 587)', none: 'None' },
        secret: false,
      }),
    user: z.string().max(500).optional().meta({ title: 'User', secret: false }),
    password: z.string().max(2_000).optional().meta({ title: 'Password', secret: true }),
  }),
  hosts: ['{host}'],
  /** It never joins a request: the server is reached by its own protocol. */
  attach: (_fields, request) => request,
  async test({ fields, verifyMail }) {
    await verifyMail()
    return { account: fields.user ?? fields.host }
  },
})

import { defineConnection, fail, isJsonObject, objectIn, textIn, z } from '../kit/index.ts'

export const whatsappEvolution = defineConnection({
  id: 'whatsapp.evolution',
  title: 'WhatsApp by Evolution API',
  summary: 'Sends and receives through your own Evolution API, with one of its instances.',
  icon: 'message-circle',
  hosts: ['{baseUrl}'],
  fields: z.strictObject({
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .meta({
        title: 'Address',
        description: 'Of your Evolution API.',
        placeholder: 'https://evolution.example.com',
        secret: false,
      }),
    instance: z
      .string()
      .regex(/^[\w. -]{1,100}$/)
      .meta({ title: 'Instance', placeholder: 'support', secret: false }),
    apiKey: z
      .string()
      .regex(/^[\x21-\x7e]{8,300}$/)
      .meta({ title: 'API key', description: 'Of the instance, or the global one.', secret: true }),
    webhookSecret: z.string().max(300).default('').meta({
      title: 'Webhook secret',
      description: 'What your Evolution API sends in the header apikey. Empty: the API key.',
      secret: true,
    }),
  }),
  address: ({ baseUrl, instance }, path) =>
    `${baseUrl.replace(/\/+$/, '')}${path}/${encodeURIComponent(instance)}`,
  attach: ({ apiKey }, request) => ({ ...request, headers: { ...request.headers, apikey: apiKey } }),
  async test({ http, fields }) {
    const { status, body } = await http({ url: '/instance/connectionState' })
    if (status === 401 || status === 403) throw fail('connection_refused', 'Evolution API refuses the key.')
    if (status === 404) throw fail('connection_refused', `There is no instance called ${fields.instance}.`)
    if (status >= 400) throw fail('connection_refused', `Evolution API answered with status ${status}.`)
    const state = isJsonObject(body) ? textIn(objectIn(body, 'instance'), 'state') : ''
    if (state !== 'open')
      throw fail(
        'connection_refused',
        `The instance is not connected to a phone (${state || 'no state'}). Scan its QR code.`,
      )
    return { account: fields.instance }
  },
})

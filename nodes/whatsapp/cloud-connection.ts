import { defineConnection, fail, isJsonObject, objectIn, textIn, z } from '../kit/index.ts'

const VERSION = 'v21.0'

export const whatsappCloud = defineConnection({
  id: 'whatsapp.cloud',
  title: 'WhatsApp Business (Cloud API)',
  summary: 'Sends and receives by Meta’s official API, with one phone number of a business account.',
  icon: 'message-circle',
  hosts: ['graph.facebook.com'],
  fields: z.strictObject({
    phoneNumberId: z
      .string()
      .regex(/^\d{5,30}$/, 'The id of the number, digits only; not the number itself')
      .meta({ title: 'Phone number ID', placeholder: '106540352242922', secret: false }),
    accessToken: z
      .string()
      .regex(/^[\x21-\x7e]{20,1000}$/)
      .meta({ title: 'Access token', description: 'Of a system user: those do not run out.', secret: true }),
    appSecret: z.string().max(200).default('').meta({
      title: 'App secret',
      description: 'Only for the message trigger, which refuses everything without it.',
      secret: true,
    }),
    verifyToken: z.string().max(200).default('').meta({
      title: 'Verify token',
      description:
        'Only for the message trigger: any text, the same as you enter at Meta beside the address.',
      secret: true,
    }),
  }),
  address: ({ phoneNumberId }, path) =>
    `https://graph.facebook.com/${VERSION}/${phoneNumberId}${path === '/' ? '' : path}`,
  attach: ({ accessToken }, request) => ({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${accessToken}` },
  }),
  async test({ http }) {
    const { status, body } = await http({ url: '/', query: { fields: 'display_phone_number,verified_name' } })
    const said = isJsonObject(body) ? body : {}
    if (status >= 400)
      throw fail(
        'connection_refused',
        textIn(objectIn(said, 'error'), 'message') || `Meta answered with status ${status}`,
      )
    return {
      account: [textIn(said, 'display_phone_number'), textIn(said, 'verified_name')]
        .filter(Boolean)
        .join(' · '),
    }
  },
})

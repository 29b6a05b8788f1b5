import {
  defineNode,
  type Files,
  type Http,
  type JsonObject,
  objectsIn,
  sendOnce,
  textIn,
  z,
} from '../kit/index.ts'
import { callCloud } from './call-cloud.ts'
import { MediaMessage, numberOf, TextMessage, To } from './message.ts'

const TemplateMessage = z
  .object({
    kind: z.literal('template'),
    name: z
      .string()
      .max(512)
      .regex(/^[a-z0-9_]+$/, 'A template’s name is lower-case letters, digits and _')
      .meta({ title: 'Template', description: 'Approved by Meta.', placeholder: 'order_shipped' }),
    language: z
      .string()
      .max(20)
      .regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/, 'Such as pt_BR')
      .default('pt_BR')
      .meta({ title: 'Language', placeholder: 'pt_BR' }),
    values: z
      .array(z.string().min(1).max(1_024))
      .max(50)
      .default([])
      .meta({ title: 'Values', description: 'For {{1}}, {{2}}, … of the text, in order.' }),
    header: z
      .string()
      .max(60)
      .default('')
      .meta({ title: 'Value of the header', description: 'For its {{1}}.' }),
  })
  .meta({ title: 'Template' })
type TemplateMessage = z.output<typeof TemplateMessage>

export const whatsappCloudSend = defineNode({
  id: 'whatsapp.cloud_send',
  version: 1,
  title: 'Send WhatsApp (Cloud API)',
  summary: 'Sends a text, media or an approved template by Meta’s official API.',
  group: 'app',
  icon: 'message-circle',
  line: 'WhatsApp to {to}',
  connection: { kinds: ['whatsapp.cloud'], required: true },
  effect: 'once',
  destination: ['to'],
  retry: { attempts: 3, delayMs: 2_000 },
  timeoutMs: 60_000,
  params: z.object({
    to: To,
    message: z.discriminatedUnion('kind', [TextMessage, MediaMessage, TemplateMessage]).meta({
      title: 'Message',
      description: 'More than a day after their last message, only a template is delivered.',
    }),
    answerTo: z.string().max(300).default('').meta({
      title: 'In answer to',
      description: 'Id of a message of theirs, which is quoted.',
      placeholder: 'wamid.…',
    }),
  }),
  output: z.object({
    id: z.string().meta({ title: 'Id of the message' }),
    to: z.string().meta({ title: 'To', description: 'The number, as WhatsApp knows it.' }),
  }),
  async run({ params: { to, message, answerTo }, http, files }) {
    const content = await contentOf(message, { http, files })
    const said = await callCloud(sendOnce(http), {
      path: '/messages',
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: numberOf(to),
        ...(answerTo === '' ? {} : { context: { message_id: answerTo } }),
        ...content,
      },
    })
    return {
      id: textIn(objectsIn(said, 'messages')[0], 'id'),
      to: textIn(objectsIn(said, 'contacts')[0], 'wa_id'),
    }
  },
  examples: [
    {
      title: 'A template',
      params: {
        to: '+55 11 91234-5678',
        message: { kind: 'template', name: 'order_shipped', values: ['Ada', '7'] },
      },
      replies: {
        'POST /messages': {
          status: 200,
          headers: {},
          body: {
            messaging_product: 'whatsapp',
            contacts: [{ input: '5511912345678', wa_id: '5511912345678' }],
            messages: [{ id: 'wamid.1' }],
          },
        },
      },
      output: { id: 'wamid.1', to: '5511912345678' },
    },
    {
      title: 'A text, too late',
      params: { to: '5511912345678', message: { kind: 'text', text: 'Are you there?' } },
      replies: {
        'POST /messages': {
          status: 400,
          headers: {},
          body: { error: { code: 131047, message: '(#131047) Re-engagement message' } },
        },
      },
      fails: 'whatsapp_131047',
    },
  ],
})

type Message = TextMessage | MediaMessage | TemplateMessage

async function contentOf(message: Message, outside: { http: Http; files: Files }): Promise<JsonObject> {
  switch (message.kind) {
    case 'text':
      return { type: 'text', text: { body: message.text, preview_url: message.preview } }
    case 'media':
      return mediaOf(message, outside)
    case 'template':
      return { type: 'template', template: templateOf(message) }
  }
  return message satisfies never
}

/** A file of ours is given to Meta first, which names it; sending it is another request. */
async function mediaOf(
  message: MediaMessage,
  { http, files }: { http: Http; files: Files },
): Promise<JsonObject> {
  const { media, source, caption, filename } = message
  const file = source.kind === 'file' ? await files.read(source.file) : null
  const name = filename || (file?.name ?? '')
  return {
    type: media,
    [media]: {
      ...(source.kind === 'link' ? { link: source.url } : {}),
      ...(file ? { id: await upload(http, file) } : {}),
      ...(caption !== '' && media !== 'audio' ? { caption } : {}),
      ...(name !== '' && media === 'document' ? { filename: name } : {}),
    },
  }
}

async function upload(http: Http, { name, type, bytes }: { name: string; type: string; bytes: Uint8Array }) {
  const said = await callCloud(http, {
    path: '/media',
    parts: [
      { name: 'messaging_product', value: 'whatsapp' },
      { name: 'type', value: type },
      { name: 'file', filename: name, type, bytes },
    ],
  })
  return textIn(said, 'id')
}

function templateOf({ name, language, values, header }: TemplateMessage): JsonObject {
  const texts = (given: readonly string[]) => given.map((text) => ({ type: 'text', text }))
  const components = [
    ...(header === '' ? [] : [{ type: 'header', parameters: texts([header]) }]),
    ...(values.length === 0 ? [] : [{ type: 'body', parameters: texts(values) }]),
  ]
  return { name, language: { code: language }, components }
}

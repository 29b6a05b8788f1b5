import {
  defineNode,
  type Files,
  fail,
  type Http,
  isJsonObject,
  type JsonObject,
  objectIn,
  sendOnce,
  textIn,
  z,
} from '../kit/index.ts'
import { toBase64 } from './base64.ts'
import { MediaMessage, numberOf, TextMessage, To } from './message.ts'

export const whatsappEvolutionSend = defineNode({
  id: 'whatsapp.evolution_send',
  version: 1,
  title: 'Send WhatsApp (Evolution)',
  summary: 'Sends a text or media to a number or a group, through your Evolution API.',
  group: 'app',
  icon: 'message-circle',
  line: 'WhatsApp to {to}',
  connection: { kinds: ['whatsapp.evolution'], required: true },
  effect: 'once',
  destination: ['to'],
  retry: { attempts: 3, delayMs: 2_000 },
  timeoutMs: 60_000,
  params: z.object({
    to: To,
    message: z.discriminatedUnion('kind', [TextMessage, MediaMessage]).meta({ title: 'Message' }),
  }),
  output: z.object({
    id: z.string().meta({ title: 'Id of the message' }),
    chat: z.string().meta({ title: 'Chat' }),
    status: z.string().meta({ title: 'Status' }),
  }),
  async run({ params: { to, message }, http, files }) {
    const number = numberOf(to)
    if (message.kind === 'text') {
      const { text, preview: linkPreview } = message
      return send(http, '/message/sendText', { number, text, linkPreview })
    }
    const media = await mediaOf(message, files)
    if (message.media === 'audio')
      return send(http, '/message/sendWhatsAppAudio', { number, audio: media.media ?? '' })
    return send(http, '/message/sendMedia', {
      number,
      mediatype: message.media,
      caption: message.caption,
      ...media,
    })
  },
  examples: [
    {
      title: 'A text',
      params: { to: '+55 11 91234-5678', message: { kind: 'text', text: 'Your order is on its way' } },
      replies: {
        'POST /message/sendText': {
          status: 201,
          headers: {},
          body: {
            key: { remoteJid: '5511912345678@s.whatsapp.net', fromMe: true, id: 'BAE5' },
            status: 'PENDING',
          },
        },
      },
      output: { id: 'BAE5', chat: '5511912345678@s.whatsapp.net', status: 'PENDING' },
    },
    {
      title: 'A picture',
      params: {
        to: '5511912345678',
        message: {
          kind: 'media',
          media: 'image',
          source: { kind: 'link', url: 'https://example.com/mug.png' },
        },
      },
      replies: {
        'POST /message/sendMedia': {
          status: 201,
          headers: {},
          body: { key: { remoteJid: '5511912345678@s.whatsapp.net', id: 'BAE6' }, status: 'PENDING' },
        },
      },
      output: { id: 'BAE6', chat: '5511912345678@s.whatsapp.net', status: 'PENDING' },
    },
  ],
})

async function mediaOf({ source, media, filename }: MediaMessage, files: Files): Promise<JsonObject> {
  if (source.kind === 'link') {
    const last = new URL(source.url).pathname.split('/').at(-1) ?? ''
    return { media: source.url, fileName: filename || last || media }
  }
  const { name, type, bytes } = await files.read(source.file)
  return { media: toBase64(bytes), fileName: filename || name, mimetype: type }
}

async function send(http: Http, url: string, body: JsonObject) {
  const reply = await sendOnce(http)({ method: 'POST', url, body })
  const said = isJsonObject(reply.body) ? reply.body : {}
  const key = objectIn(said, 'key')
  if (reply.status >= 400 || !key) throw refused(reply.status, said)
  return { id: textIn(key, 'id'), chat: textIn(key, 'remoteJid'), status: textIn(said, 'status') }
}

function refused(status: number, said: JsonObject) {
  const detail = JSON.stringify(objectIn(said, 'response')?.message ?? said.message ?? '').slice(0, 300)
  if (detail.includes('"exists":false'))
    return fail('not_on_whatsapp', 'This number is not on WhatsApp. Check the country code.')
  if (status === 401 || status === 403)
    return fail('connection_refused', 'Evolution API refuses the key. Replace it in the connection.')
  if (status === 404)
    return fail('no_such_instance', 'Evolution API has no such instance. Check the connection.')
  return fail(`http_${status}`, `Evolution API answered with status ${status}: ${detail}`)
}

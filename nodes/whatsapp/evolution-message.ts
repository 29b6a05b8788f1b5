import {
  answered,
  badSignature,
  type Delivery,
  defineTrigger,
  isSameText,
  JsonObject,
  nothing,
  objectIn,
  objectsIn,
  readDelivery,
  textIn,
  z,
} from '../kit/index.ts'
import { Incoming } from './message.ts'

export const whatsappEvolutionMessage = defineTrigger({
  id: 'whatsapp.evolution_message',
  version: 1,
  title: 'WhatsApp message (Evolution)',
  summary: 'Starts when a message comes to the number of an Evolution API instance.',
  group: 'trigger',
  icon: 'message-circle',
  line: 'On a WhatsApp message',
  starts: 'event',
  connection: { kinds: ['whatsapp.evolution'], required: true },
  params: z.object({
    groups: z.boolean().default(false).meta({
      title: 'From groups too',
      description: 'What the number itself sends never starts the workflow.',
      static: true,
    }),
  }),
  output: Incoming.extend({
    group: z.boolean().meta({ title: 'In a group' }),
    message: JsonObject.meta({ title: 'Whole message', description: 'As Evolution API sent it.' }),
  }),
  async receive(delivery) {
    const sent = readDelivery(delivery.body)
    await verify(delivery, sent)
    // A key of the whole server vouches for every instance of it; this trigger is about one.
    if (textIn(sent, 'instance') !== delivery.fields.instance) return nothing()
    if (textIn(sent, 'event').toLowerCase().replace('_', '.') !== 'messages.upsert') return nothing()
    const one = objectIn(sent, 'data')
    const all = one ? [one] : objectsIn(sent, 'data')
    const runs = all.flatMap((data) => {
      const output = outputOf(data)
      return output && (delivery.params.groups || !output.group) ? [{ key: output.id, output }] : []
    })
    return { reply: answered(), runs }
  },
  examples: [
    {
      title: 'A question',
      params: {},
      output: {
        id: '3EB0F4A1F841F02958FB74',
        from: '5511912345678',
        name: 'Ada',
        chat: '5511912345678@s.whatsapp.net',
        text: 'Where is my order?',
        type: 'text',
        at: '2026-01-01T12:00:00.000Z',
        group: false,
        message: { conversation: 'Where is my order?' },
      },
    },
  ],
})

/** Evolution API signs nothing: it repeats a secret, in a header of your choice or as the key of its instance. */
async function verify({ headers, fields }: Delivery<unknown>, sent: JsonObject): Promise<void> {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  const secret = textIn(fields, 'webhookSecret') || textIn(fields, 'apiKey')
  const given = [headers.apikey ?? '', headers['x-api-key'] ?? '', bearer, textIn(sent, 'apikey')]
  const checks = await Promise.all(given.map((text) => isSameText(text, secret)))
  if (!checks.includes(true)) throw badSignature()
}

const types: Record<string, string> = {
  conversation: 'text',
  extendedTextMessage: 'text',
  imageMessage: 'image',
  videoMessage: 'video',
  audioMessage: 'audio',
  documentMessage: 'document',
  documentWithCaptionMessage: 'document',
  stickerMessage: 'sticker',
  locationMessage: 'location',
  contactMessage: 'contact',
  reactionMessage: 'reaction',
  buttonsResponseMessage: 'button',
  listResponseMessage: 'button',
  templateButtonReplyMessage: 'button',
}

/** Null for what nobody wrote to us: our own messages, and those without an id. */
function outputOf(data: JsonObject) {
  const key = objectIn(data, 'key')
  const id = textIn(key, 'id')
  if (!key || id === '' || key.fromMe === true) return null
  const chat = textIn(key, 'remoteJid')
  const message = objectIn(data, 'message') ?? {}
  const kind = Object.keys(message).find((name) => Object.hasOwn(types, name)) ?? ''
  return {
    id,
    from: (textIn(key, 'participant') || chat).split(/[@:]/)[0] ?? '',
    name: textIn(data, 'pushName'),
    chat,
    text: textOf(message, kind),
    type: types[kind] ?? 'other',
    at: timeOf(data.messageTimestamp),
    group: chat.endsWith('@g.us'),
    message,
  }
}

function textOf(message: JsonObject, kind: string): string {
  const inner =
    kind === 'documentWithCaptionMessage'
      ? objectIn(objectIn(objectIn(message, kind), 'message'), 'documentMessage')
      : objectIn(message, kind)
  const names = ['text', 'caption', 'selectedDisplayText', 'title', 'displayName']
  const found = names.map((name) => textIn(inner, name)).find((text) => text !== '')
  return textIn(message, 'conversation') || (found ?? '')
}

function timeOf(seconds: unknown): string {
  const number = Number(seconds)
  return Number.isFinite(number) && number > 0 && number < 1e11 ? new Date(number * 1_000).toISOString() : ''
}

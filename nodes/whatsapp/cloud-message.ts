import {
  answered,
  badSignature,
  type Delivery,
  defineTrigger,
  isHmacSha256,
  isSameText,
  JsonObject,
  nothing,
  objectIn,
  objectsIn,
  type Received,
  readDelivery,
  textIn,
  z,
} from '../kit/index.ts'
import { Incoming } from './message.ts'

const Output = Incoming.extend({
  media: z
    .string()
    .meta({ title: 'Media', description: 'Meta’s id of the picture, video, audio or document.' }),
  status: z.string().meta({
    title: 'Status',
    description: 'Of a message you sent: sent, delivered, read or failed. Empty for a message of theirs.',
  }),
  message: JsonObject.meta({ title: 'Whole message', description: 'As Meta sent it.' }),
})

export const whatsappCloudMessage = defineTrigger({
  id: 'whatsapp.cloud_message',
  version: 1,
  title: 'WhatsApp message (Cloud API)',
  summary: 'Starts when a message comes to a number of Meta’s official API.',
  group: 'trigger',
  icon: 'message-circle',
  line: 'On a WhatsApp message',
  starts: 'event',
  connection: { kinds: ['whatsapp.cloud'], required: true },
  params: z.object({
    statuses: z.boolean().default(false).meta({
      title: 'On statuses too',
      description: 'Also starts when a message you sent was delivered, read, or failed.',
      static: true,
    }),
  }),
  output: Output,
  async receive(delivery) {
    if (delivery.method === 'GET') return subscribe(delivery)
    await verify(delivery)
    const values = objectsIn(readDelivery(delivery.body), 'entry')
      .flatMap((entry) => objectsIn(entry, 'changes'))
      .map((change) => objectIn(change, 'value'))
      .filter((value) => value !== undefined)
      // One app may have several numbers; they all come to its one address.
      .filter(
        (value) => textIn(objectIn(value, 'metadata'), 'phone_number_id') === delivery.fields.phoneNumberId,
      )
    const messages = values.flatMap((value) =>
      objectsIn(value, 'messages').map((message) => ({
        key: textIn(message, 'id'),
        output: messageOf(message, value),
      })),
    )
    const statuses = values.flatMap((value) =>
      objectsIn(value, 'statuses').map((status) => ({
        key: `${textIn(status, 'id')}:${textIn(status, 'status')}`,
        output: statusOf(status),
      })),
    )
    return { reply: answered(), runs: [...messages, ...(delivery.params.statuses ? statuses : [])] }
  },
  examples: [
    {
      title: 'A question',
      params: {},
      output: {
        id: 'wamid.1',
        from: '5511912345678',
        name: 'Ada',
        chat: '5511912345678',
        text: 'Where is my order?',
        type: 'text',
        at: '2026-01-01T12:00:00.000Z',
        media: '',
        status: '',
        message: { id: 'wamid.1', type: 'text', text: { body: 'Where is my order?' } },
      },
    },
  ],
})

/** Meta asks once whether the address is ours, with the token that was entered there. */
async function subscribe({ query, fields }: Delivery<unknown>): Promise<Received> {
  const isOurs = await isSameText(query['hub.verify_token'] ?? '', textIn(fields, 'verifyToken'))
  if (query['hub.mode'] !== 'subscribe' || !isOurs) throw badSignature()
  return nothing(answered((query['hub.challenge'] ?? '').slice(0, 500)))
}

async function verify({ headers, body, fields }: Delivery<unknown>): Promise<void> {
  const [, hex = ''] = /^sha256=([0-9a-f]{64})$/.exec(headers['x-hub-signature-256'] ?? '') ?? []
  if (!(await isHmacSha256(hex, { secret: textIn(fields, 'appSecret'), bytes: body }))) throw badSignature()
}

function messageOf(message: JsonObject, value: JsonObject): z.infer<typeof Output> {
  const from = textIn(message, 'from')
  const type = textIn(message, 'type')
  const contact = objectsIn(value, 'contacts').find((one) => textIn(one, 'wa_id') === from)
  const content = objectIn(message, type)
  return {
    id: textIn(message, 'id'),
    from,
    name: textIn(objectIn(contact, 'profile'), 'name'),
    chat: from,
    text: textOf(message, content),
    type,
    at: timeOf(message),
    media: textIn(content, 'id'),
    status: '',
    message,
  }
}

/** What was written, below media, or on the button that was pressed. */
function textOf(message: JsonObject, content: JsonObject | undefined): string {
  const pressed = objectIn(message, 'interactive')
  const reply = objectIn(pressed, 'button_reply') ?? objectIn(pressed, 'list_reply')
  const found = ['body', 'caption', 'text', 'emoji', 'name'].map((name) => textIn(content, name))
  return found.find((text) => text !== '') ?? textIn(reply, 'title')
}

function statusOf(status: JsonObject): z.infer<typeof Output> {
  const to = textIn(status, 'recipient_id')
  return {
    id: textIn(status, 'id'),
    from: '',
    name: '',
    chat: to,
    text: textIn(objectsIn(status, 'errors')[0], 'title'),
    type: 'status',
    at: timeOf(status),
    media: '',
    status: textIn(status, 'status'),
    message: status,
  }
}

function timeOf(one: JsonObject): string {
  const seconds = Number(textIn(one, 'timestamp'))
  return seconds > 0 && seconds < 1e11 ? new Date(seconds * 1_000).toISOString() : ''
}

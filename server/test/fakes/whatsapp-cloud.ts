import { createHmac } from 'node:crypto'
import { type FakeCall, type FakeReply, jsonOf, serveFake } from './fake.ts'

export const cloudToken = 'EAAfake0123456789abcdef'
export const cloudAppSecret = 'app-secret-0123456789'
export const cloudVerifyToken = 'my own words'
export const cloudNumberId = '106540352242922'

const MAX_CAPTION = 1_024

/** Meta's Graph API for one number: template `order_shipped` in pt_BR takes two values; 5511900000000 wrote long ago. */
export async function fakeWhatsappCloud() {
  const sent: Record<string, unknown>[] = []
  const uploads = new Map<string, { type: string; bytes: string }>()

  function answer(call: FakeCall): FakeReply {
    if (call.headers.authorization !== `Bearer ${cloudToken}`)
      return wrong(401, 190, 'Invalid OAuth access token')
    const [, path] = new RegExp(`^/v\\d+\\.\\d+/${cloudNumberId}(/\\w+)?$`).exec(call.path) ?? ['', 'none']
    if (call.method === 'GET' && path === undefined)
      return { json: { display_phone_number: '+55 11 5555-0000', verified_name: 'Acme', id: cloudNumberId } }
    if (call.method === 'POST' && path === '/media') return upload(call)
    if (call.method === 'POST' && path === '/messages') return send(jsonOf(call))
    return wrong(400, 100, 'Unsupported request')
  }

  function upload({ headers, bytes }: FakeCall): FakeReply {
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1]
    if (!boundary) return wrong(400, 100, 'The parameter file is required')
    const parts = bytes.toString('latin1').split(`--${boundary}`).slice(1, -1)
    const named = (name: string) => parts.find((part) => part.includes(`name="${name}"`))
    const file = named('file')
    const textOf = (name: string) => named(name)?.split('\r\n\r\n')[1]?.trimEnd()
    if (textOf('messaging_product') !== 'whatsapp') return wrong(400, 100, 'messaging_product is required')
    const type = textOf('type') ?? ''
    if (!file?.includes(`Content-Type: ${type}\r\n`)) return wrong(400, 100, 'The file has another type')
    const id = `media-${uploads.size + 1}`
    uploads.set(id, { type, bytes: file.slice(file.indexOf('\r\n\r\n') + 4, -2) })
    return { json: { id } }
  }

  function send(body: Record<string, unknown> | undefined): FakeReply {
    if (body?.messaging_product !== 'whatsapp') return wrong(400, 100, 'messaging_product is required')
    const { to, type } = body
    if (typeof to !== 'string' || !/^\d{8,15}$/.test(to)) return wrong(400, 100, 'Invalid parameter to')
    const content = body[String(type)]
    if (typeof content !== 'object' || content === null)
      return wrong(400, 131009, 'Parameter value is not valid')
    const problem = contentProblem(String(type), { ...content }, uploads)
    if (problem) return problem
    if (to === '5511900000000' && type !== 'template') return wrong(400, 131047, 'Re-engagement message')
    sent.push(body)
    return {
      json: {
        messaging_product: 'whatsapp',
        contacts: [{ input: to, wa_id: to }],
        messages: [{ id: `wamid.${sent.length}` }],
      },
    }
  }

  const fake = await serveFake(answer)
  return {
    ...fake,
    sent,
    uploads,
    services: [{ host: 'graph.facebook.com', origin: fake.url }],
    connection: {
      kind: 'whatsapp.cloud',
      fields: {
        phoneNumberId: cloudNumberId,
        accessToken: cloudToken,
        appSecret: cloudAppSecret,
        verifyToken: cloudVerifyToken,
      },
    },
  }
}

function contentProblem(
  type: string,
  content: Record<string, unknown>,
  uploads: ReadonlyMap<string, unknown>,
): FakeReply | null {
  const { body, link, id, caption, name, language, components } = content
  switch (type) {
    case 'text':
      return typeof body === 'string' && body !== '' ? null : wrong(400, 100, 'text.body is required')
    case 'template': {
      if (name !== 'order_shipped' || JSON.stringify(language) !== '{"code":"pt_BR"}')
        return wrong(404, 132001, 'Template name does not exist in the translation')
      const text = JSON.stringify(components)
      const right = /^\[\{"type":"body","parameters":\[(\{"type":"text","text":"[^"]+"\},?){2}\]\}\]$/.test(
        text,
      )
      return right
        ? null
        : wrong(400, 132000, 'Number of parameters does not match the expected number of params')
    }
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
      if ((link === undefined) === (id === undefined)) return wrong(400, 131009, 'One of link and id')
      if (id !== undefined && !uploads.has(String(id))) return wrong(400, 131009, 'Unknown media')
      if (caption !== undefined && (type === 'audio' || String(caption).length > MAX_CAPTION))
        return wrong(400, 131009, 'caption')
      return null
  }
  return wrong(400, 100, `Unknown type ${type}`)
}

const wrong = (status: number, code: number, message: string): FakeReply => ({
  status,
  json: { error: { message: `(#${code}) ${message}`, type: 'OAuthException', code, fbtrace_id: 'x' } },
})

/** What Meta delivers, signed as it signs. */
export function cloudDelivery(value: object, about: { secret?: string; numberId?: string } = {}) {
  const { secret = cloudAppSecret, numberId = cloudNumberId } = about
  const metadata = { display_phone_number: '551155550000', phone_number_id: numberId }
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }],
      },
    ],
  })
  const hex = createHmac('sha256', secret).update(body).digest('hex')
  return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${hex}` } }
}

export function cloudText(text: string, about: { id?: string; from?: string } = {}) {
  const { id = `wamid.${Math.random()}`, from = '5511912345678' } = about
  return {
    contacts: [{ profile: { name: 'Ada' }, wa_id: from }],
    messages: [{ from, id, timestamp: '1767268800', type: 'text', text: { body: text } }],
  }
}

import { type FakeCall, type FakeReply, jsonOf, serveFake } from './fake.ts'

export const evolutionKey = 'B6D711FCDE4D4FD5936544120E713976'

/** One Evolution API (v2) with one instance, `support`, connected to a phone. Numbers that begin with 550 are not on WhatsApp. */
export async function fakeEvolution() {
  const sent: Record<string, unknown>[] = []

  function answer(call: FakeCall): FakeReply {
    if (call.headers.apikey !== evolutionKey)
      return {
        status: 401,
        json: { status: 401, error: 'Unauthorized', response: { message: 'Unauthorized' } },
      }
    const [, action, instance] = /^(\/[a-z]+\/[A-Za-z]+)\/(.+)$/.exec(call.path) ?? []
    if (instance !== 'support') return wrong(404, `The "${instance}" instance does not exist`)
    if (call.method === 'GET' && action === '/instance/connectionState')
      return { json: { instance: { instanceName: 'support', state: 'open' } } }
    const body = jsonOf(call)
    if (call.method !== 'POST' || !body) return wrong(400, 'Send JSON')
    const problem = problemOf(action, body)
    if (problem) return problem
    const id = `BAE5${sent.push({ action, ...body })}`
    const jid = String(body.number).includes('@') ? String(body.number) : `${body.number}@s.whatsapp.net`
    return {
      status: 201,
      json: { key: { remoteJid: jid, fromMe: true, id }, status: 'PENDING', message: {} },
    }
  }

  const fake = await serveFake(answer)
  return {
    ...fake,
    sent,
    connection: {
      kind: 'whatsapp.evolution',
      fields: { baseUrl: `${fake.url}/`, instance: 'support', apiKey: evolutionKey, webhookSecret: '' },
    },
  }
}

const fields: Record<string, { needs: string[]; may: string[] }> = {
  '/message/sendText': { needs: ['number', 'text'], may: ['linkPreview', 'delay', 'quoted'] },
  '/message/sendMedia': { needs: ['number', 'mediatype', 'media'], may: ['mimetype', 'caption', 'fileName'] },
  '/message/sendWhatsAppAudio': { needs: ['number', 'audio'], may: [] },
}

function problemOf(action: string | undefined, body: Record<string, unknown>): FakeReply | null {
  const takes = fields[action ?? '']
  if (!takes) return wrong(404, `Cannot POST ${action}`)
  const missing = takes.needs.find((name) => typeof body[name] !== 'string' || body[name] === '')
  if (missing) return wrong(400, [`instance requires property "${missing}"`])
  const strange = Object.keys(body).find((name) => ![...takes.needs, ...takes.may].includes(name))
  if (strange) return wrong(400, [`unknown property "${strange}"`])
  if (!/^(\d{8,15}|[\w.-]+@(g\.us|s\.whatsapp\.net|lid))$/.test(String(body.number)))
    return wrong(400, ['number'])
  const media = body.media ?? body.audio
  if (media !== undefined && !/^(https?:\/\/|[A-Za-z0-9+/]+={0,2}$)/.test(String(media)))
    return wrong(400, 'Owned media must be a url or base64')
  if (String(body.number).startsWith('550'))
    return wrong(400, [{ jid: 'x', exists: false, number: body.number }])
  return null
}

const wrong = (status: number, message: unknown): FakeReply => ({
  status,
  json: { status, error: 'Bad Request', response: { message } },
})

/** A message as Evolution API delivers it, with its key in the body as it does by itself. */
export function evolutionDelivery(
  about: {
    text?: string
    id?: string
    from?: string
    group?: string
    mine?: boolean
    apikey?: string
    instance?: string
  } = {},
) {
  const { text = 'Olá', id = `3EB0${Math.random()}`, from = '5511912345678', group, mine = false } = about
  const jid = `${from}@s.whatsapp.net`
  const body = {
    event: 'messages.upsert',
    instance: about.instance ?? 'support',
    apikey: about.apikey ?? evolutionKey,
    data: {
      key: { remoteJid: group ?? jid, fromMe: mine, id, ...(group ? { participant: jid } : {}) },
      pushName: 'Ada',
      message: { conversation: text },
      messageType: 'conversation',
      messageTimestamp: 1_767_268_800,
    },
  }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

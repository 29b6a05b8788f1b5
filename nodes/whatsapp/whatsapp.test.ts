import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Calling, caller, failureOf } from '#server/test/call-node.ts'
import { evolutionDelivery, fakeEvolution } from '#server/test/fakes/evolution.ts'
import {
  cloudDelivery,
  cloudText,
  cloudVerifyToken,
  fakeWhatsappCloud,
} from '#server/test/fakes/whatsapp-cloud.ts'
import { type Delivery, type Json, type JsonObject, StepFailure } from '../kit/index.ts'
import { toBase64 } from './base64.ts'
import { whatsappCloudMessage } from './cloud-message.ts'
import { whatsappEvolutionMessage } from './evolution-message.ts'

let evolution: Awaited<ReturnType<typeof fakeEvolution>>
let cloud: Awaited<ReturnType<typeof fakeWhatsappCloud>>
beforeAll(async () => {
  evolution = await fakeEvolution()
  cloud = await fakeWhatsappCloud()
})
afterAll(async () => {
  await evolution.close()
  await cloud.close()
})

const to = '+55 11 91234-5678'
const png = {
  name: 'mug.png',
  type: 'image/png',
  bytes: Uint8Array.from({ length: 100_000 }, (_, at) => at % 256),
}
const link = { kind: 'link', url: 'https://example.com/a/mug.png' }

describe('sending by Evolution API', () => {
  const send = (params: { [name: string]: Json }, about: Partial<Calling> = {}, own = caller()) =>
    own.call('whatsapp.evolution_send', { params, connection: evolution.connection, ...about })

  test('a text, a picture from a file, a document from an address, and audio', async () => {
    const own = caller()
    const file = { kind: 'file', file: own.keep(png) }
    const chat = '5511912345678@s.whatsapp.net'
    expect(await send({ to, message: { kind: 'text', text: 'Olá' } })).toEqual({
      id: 'BAE51',
      chat,
      status: 'PENDING',
    })
    await send({ to, message: { kind: 'media', source: file, caption: 'A mug' } }, {}, own)
    await send({ to: '120363@g.us', message: { kind: 'media', media: 'document', source: link } })
    await send({ to, message: { kind: 'media', media: 'audio', source: link } })
    expect(evolution.sent).toEqual([
      { action: '/message/sendText', number: '5511912345678', text: 'Olá', linkPreview: true },
      {
        action: '/message/sendMedia',
        number: '5511912345678',
        mediatype: 'image',
        mimetype: 'image/png',
        caption: 'A mug',
        fileName: 'mug.png',
        media: Buffer.from(png.bytes).toString('base64'),
      },
      {
        action: '/message/sendMedia',
        number: '120363@g.us',
        mediatype: 'document',
        caption: '',
        fileName: 'mug.png',
        media: link.url,
      },
      { action: '/message/sendWhatsAppAudio', number: '5511912345678', audio: link.url },
    ])
  })

  test('says what is wrong', async () => {
    const message = { kind: 'text', text: 'Hi' }
    const wrong = (fields: JsonObject) => ({
      connection: { kind: 'whatsapp.evolution', fields: { ...evolution.connection.fields, ...fields } },
    })
    const codes = await Promise.all([
      failureOf(send({ to: '+55 0 1234-5678', message })),
      failureOf(send({ to, message }, wrong({ apiKey: 'another-key' }))),
      failureOf(send({ to, message }, wrong({ instance: 'sales' }))),
    ])
    expect(codes.map(({ code }) => code)).toEqual([
      'not_on_whatsapp',
      'connection_refused',
      'no_such_instance',
    ])
  })
})

describe('sending by the Cloud API', () => {
  const send = (params: { [name: string]: Json }, own = caller()) =>
    own.call('whatsapp.cloud_send', { params, connection: cloud.connection, services: cloud.services })

  test('a text in answer to another, a file that is uploaded first, and a template', async () => {
    const own = caller()
    const source = { kind: 'file', file: own.keep(png) }
    const answer = await send({ to, message: { kind: 'text', text: 'Olá' }, answerTo: 'wamid.x' })
    expect(answer).toEqual({ id: 'wamid.1', to: '5511912345678' })
    await send({ to, message: { kind: 'media', media: 'document', source, caption: 'A mug' } }, own)
    await send({ to, message: { kind: 'template', name: 'order_shipped', values: ['Ada', '7'] } })
    expect(cloud.sent).toMatchObject([
      { type: 'text', text: { body: 'Olá', preview_url: true }, context: { message_id: 'wamid.x' } },
      { type: 'document', document: { id: 'media-1', caption: 'A mug', filename: 'mug.png' } },
      { type: 'template', template: { name: 'order_shipped', language: { code: 'pt_BR' } } },
    ])
    const uploaded = cloud.uploads.get('media-1')
    expect(uploaded?.bytes === Buffer.from(png.bytes).toString('latin1')).toBe(true)
  })

  test.each<[string, { [name: string]: Json }, string]>([
    ['a text a day later', { to: '5511900000000', message: { kind: 'text', text: 'Hi' } }, 'whatsapp_131047'],
    [
      'a template with too few values',
      { to, message: { kind: 'template', name: 'order_shipped' } },
      'whatsapp_132000',
    ],
    ['a template that is not there', { to, message: { kind: 'template', name: 'none' } }, 'whatsapp_132001'],
  ])('%s is refused with Meta’s number', async (_, params, code) => {
    expect(await failureOf(send(params))).toMatchObject({ code, retryable: false })
  })
})

const delivered = (about: Partial<Delivery<unknown>> & { text?: string }) => ({
  method: 'POST',
  headers: {},
  query: {},
  nowMs: Date.now(),
  ...about,
  body: new TextEncoder().encode(about.text ?? ''),
})

async function codeOf(work: Promise<unknown> | undefined) {
  const error = await work?.catch((thrown: unknown) => thrown)
  return error instanceof StepFailure ? error.failure.code : 'none'
}

describe('a message by Evolution API', () => {
  const receive = (
    { body, headers }: { body: string; headers: Record<string, string> },
    about: { groups?: boolean; fields?: JsonObject } = {},
  ) =>
    whatsappEvolutionMessage.receive?.({
      ...delivered({ headers, text: body }),
      params: { groups: about.groups ?? false },
      fields: { ...evolution.connection.fields, ...about.fields },
    })

  test('starts a run', async () => {
    expect(await receive(evolutionDelivery({ id: 'A1' }))).toMatchObject({
      runs: [
        {
          key: 'A1',
          output: {
            from: '5511912345678',
            name: 'Ada',
            text: 'Olá',
            type: 'text',
            at: '2026-01-01T12:00:00.000Z',
          },
        },
      ],
    })
  })

  test('from a group only when asked for, and never our own', async () => {
    const group = evolutionDelivery({ group: '120363@g.us' })
    expect((await receive(group))?.runs).toEqual([])
    expect((await receive(group, { groups: true }))?.runs).toMatchObject([
      { output: { chat: '120363@g.us', from: '5511912345678', group: true } },
    ])
    expect((await receive(evolutionDelivery({ mine: true })))?.runs).toEqual([])
  })

  test('of another instance starts nothing', async () => {
    expect((await receive(evolutionDelivery({ instance: 'sales' })))?.runs).toEqual([])
  })

  test('is believed by the key in the body, or by a secret in a header where there is one', async () => {
    const plain = evolutionDelivery({ apikey: 'wrong' })
    const fields = { webhookSecret: 'words of ours' }
    const named = (name: string, value: string) => ({ ...plain, headers: { [name]: value } })
    expect(await codeOf(receive(plain))).toBe('bad_signature')
    expect(await codeOf(receive(evolutionDelivery(), { fields }))).toBe('bad_signature')
    expect(await codeOf(receive(named('apikey', 'words of our'), { fields }))).toBe('bad_signature')
    expect(await codeOf(receive(named('apikey', 'words of ours'), { fields }))).toBe('none')
    expect(await codeOf(receive(named('authorization', 'Bearer words of ours'), { fields }))).toBe('none')
  })
})

describe('a message by the Cloud API', () => {
  const receive = (about: Partial<Delivery<unknown>> & { text?: string }, statuses = false) =>
    whatsappCloudMessage.receive?.({
      ...delivered(about),
      params: { statuses },
      fields: cloud.connection.fields,
    })
  const send = ({ body, headers }: ReturnType<typeof cloudDelivery>, statuses = false) =>
    receive({ headers, text: body }, statuses)

  test('starts a run for each, and none for another number of the app', async () => {
    const {
      messages: [one],
      contacts,
    } = cloudText('Olá', { id: 'wamid.A' })
    const image = {
      ...one,
      id: 'wamid.B',
      type: 'image',
      image: { id: 'm1', caption: 'Look' },
      text: undefined,
    }
    const both = { contacts, messages: [one, image] }
    expect((await send(cloudDelivery(both)))?.runs).toMatchObject([
      { key: 'wamid.A', output: { name: 'Ada', text: 'Olá', chat: '5511912345678', media: '', status: '' } },
      { key: 'wamid.B', output: { type: 'image', text: 'Look', media: 'm1' } },
    ])
    expect((await send(cloudDelivery(both, { numberId: '999' })))?.runs).toEqual([])
  })

  test('statuses start runs only when asked for', async () => {
    const status = { id: 'wamid.A', status: 'read', timestamp: '1767268800', recipient_id: '5511912345678' }
    const delivery = cloudDelivery({ statuses: [status] })
    expect((await send(delivery))?.runs).toEqual([])
    expect((await send(delivery, true))?.runs).toMatchObject([
      { key: 'wamid.A:read', output: { status: 'read' } },
    ])
  })

  test('is believed by its signature only', async () => {
    const { body, headers } = cloudDelivery(cloudText('Hi'))
    expect(await codeOf(receive({ text: body }))).toBe('bad_signature')
    expect(await codeOf(receive({ headers, text: `${body} ` }))).toBe('bad_signature')
    expect(await codeOf(send(cloudDelivery(cloudText('Hi'), { secret: 'other' })))).toBe('bad_signature')
  })

  test('the address proves itself to whoever knows the token', async () => {
    const query = {
      'hub.mode': 'subscribe',
      'hub.challenge': '1158201444',
      'hub.verify_token': cloudVerifyToken,
    }
    expect(await receive({ method: 'GET', query })).toMatchObject({
      reply: { status: 200, body: '1158201444' },
      runs: [],
    })
    expect(await codeOf(receive({ method: 'GET', query: { ...query, 'hub.verify_token': 'guess' } }))).toBe(
      'bad_signature',
    )
    expect(await codeOf(receive({ method: 'GET' }))).toBe('bad_signature')
  })
})

test('base64 of any length', () => {
  for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 100_000]) {
    const bytes = png.bytes.subarray(0, length)
    expect(toBase64(bytes) === Buffer.from(bytes).toString('base64')).toBe(true)
  }
})

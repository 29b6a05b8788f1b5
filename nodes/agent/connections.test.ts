import { expect, test } from 'vitest'
import { type AnyConnection, type HttpReply, type HttpRequest, z } from '../kit/index.ts'
import { noMeans } from '../kit/no-means.ts'
import { modelAnthropic, modelOpenai } from './connections.ts'

async function tried(connection: AnyConnection, given: object, reply: Partial<HttpReply>) {
  const sent: HttpRequest[] = []
  const about = {
    ...{ fields: connection.fields.parse(given), sql: noMeans.sql, verifyMail: async () => {} },
    http: async (request: HttpRequest) => {
      sent.push(request)
      return { status: 200, headers: {}, body: null, ...reply }
    },
  }
  const ended: unknown = await connection.test?.(about).catch((error: unknown) => error)
  return { sent: sent[0], ended }
}

test.each<[AnyConnection, object, string]>([
  [modelAnthropic, {}, 'https://api.anthropic.com/v1/models'],
  [
    modelAnthropic,
    { baseUrl: 'https://gateway.example/claude/' },
    'https://gateway.example/claude/v1/models',
  ],
  [modelOpenai, {}, 'https://api.openai.com/v1/models'],
  [modelOpenai, { baseUrl: 'http://10.0.0.5:11434/v1' }, 'http://10.0.0.5:11434/v1/models'],
])('$id is tried by asking which models there are: %#', async (connection, given, url) => {
  const { sent, ended } = await tried(connection, { apiKey: 'sk-test', ...given }, {})
  expect(sent).toMatchObject({ url, anyStatus: true })
  expect(ended).toEqual({})
})

test.each([
  [401, 'key_refused'],
  [403, 'key_refused'],
  [500, 'model_unavailable'],
])('status %i says %s', async (status, code) => {
  const { ended } = await tried(modelOpenai, { apiKey: 'sk-test' }, { status })
  expect(ended).toMatchObject({ failure: { code } })
})

test('the key goes where each API looks for it', () => {
  const request = { url: 'https://x.example', headers: { accept: '*/*' } }
  const fields = { apiKey: 'sk-test', baseUrl: 'https://x.example' }
  expect(modelAnthropic.attach(fields, request).headers).toEqual({ accept: '*/*', 'x-api-key': 'sk-test' })
  expect(modelOpenai.attach(fields, request).headers).toEqual({
    ...{ accept: '*/*', authorization: 'Bearer sk-test' },
  })
})

test.each(['', 'a b', 'a\r\nX-Evil: 1', 'chave-é'])('%j is no key', (apiKey) => {
  expect(() => modelOpenai.fields.parse({ apiKey })).toThrow(z.ZodError)
})

test.each([
  ['0.25', true],
  ['2', true],
  ['', true],
  ['-1', false],
  ['1e9', false],
  ['free', false],
])('the price %j may be given: %s', (inputPrice, ok) => {
  expect(modelOpenai.fields.safeParse({ apiKey: 'sk-test', inputPrice }).success).toBe(ok)
})

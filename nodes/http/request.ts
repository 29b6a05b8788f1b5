import { defineNode, fail, type HttpReply, type HttpRequest, Json, z } from '../kit/index.ts'

const Body = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }).meta({ title: 'None' }),
    z
      .object({
        kind: z.literal('json'),
        json: Json.meta({ title: 'JSON', placeholder: '{ "name": "Ada" }', widget: 'json' }),
      })
      .meta({ title: 'JSON' }),
    z
      .object({
        kind: z.literal('text'),
        text: z.string().meta({ title: 'Text', widget: 'multiline' }),
        contentType: z.string().max(200).default('text/plain').meta({ title: 'Content type' }),
      })
      .meta({ title: 'Text' }),
    z
      .object({
        kind: z.literal('form'),
        fields: z.record(z.string().max(200), z.string()).meta({ title: 'Form fields' }),
      })
      .meta({ title: 'Form' }),
  ])
  .default({ kind: 'none' })
  .meta({ title: 'Body', description: 'What is sent along.' })

export const httpRequest = defineNode({
  id: 'http.request',
  version: 1,
  title: 'HTTP request',
  summary: 'Calls a web address and gives the response.',
  group: 'app',
  icon: 'globe',
  line: '{method} {url}',
  connection: { kinds: ['http.header', 'http.bearer', 'http.basic'], required: false },
  effect: 'idempotent',
  retry: { attempts: 3, delayMs: 1_000 },
  timeoutMs: 30_000,
  params: z.object({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('GET').meta({
      title: 'Method',
      description: 'GET reads, POST creates, PUT and PATCH change, DELETE removes.',
    }),
    url: z.url({ protocol: /^https?$/ }).meta({
      title: 'URL',
      description: 'The whole address, with https:// in front.',
      placeholder: 'https://api.example.com/users',
    }),
    query: z.record(z.string().max(200), z.string()).default({}).meta({
      title: 'Query',
      description: 'Added to the address after ?.',
    }),
    headers: z.record(z.string().max(200), z.string()).default({}).meta({ title: 'Headers' }),
    body: Body,
    failOnStatus: z.boolean().default(true).meta({
      title: 'Fail on an error status',
      description:
        'A status of 400 or more fails the step. Off: the response is the output whatever it says.',
    }),
  }),
  output: z.object({
    status: z.number().meta({ title: 'Status' }),
    headers: z.record(z.string(), z.string()).meta({ title: 'Headers', description: 'Lower-case names.' }),
    body: Json.meta({ title: 'Body', description: 'Parsed when it is JSON, else text.' }),
  }),
  async run({ params, http, idempotencyKey }) {
    const reply = await http(requestOf(params, idempotencyKey))
    if (params.failOnStatus && reply.status >= 400) throw statusFailure(reply)
    return reply
  },
  examples: [
    {
      title: 'Read a user',
      params: { url: 'https://api.example.com/users/1' },
      replies: { 'GET https://api.example.com/users/1': { status: 200, headers: {}, body: { name: 'Ada' } } },
      output: { status: 200, headers: {}, body: { name: 'Ada' } },
    },
    {
      title: 'Create an order',
      params: {
        method: 'POST',
        url: 'https://api.example.com/orders',
        query: { notify: 'true' },
        body: { kind: 'json', json: { product: 'mug', quantity: 2 } },
      },
      replies: {
        'POST https://api.example.com/orders?notify=true': { status: 201, headers: {}, body: { id: 7 } },
      },
      output: { status: 201, headers: {}, body: { id: 7 } },
    },
    {
      title: 'A page that is not there',
      params: { url: 'https://api.example.com/nothing' },
      replies: { 'GET https://api.example.com/nothing': { status: 404, headers: {}, body: 'Not found' } },
      fails: 'http_404',
    },
    {
      title: 'Look at the status yourself',
      params: { url: 'https://api.example.com/nothing', failOnStatus: false },
      replies: { 'GET https://api.example.com/nothing': { status: 404, headers: {}, body: 'Not found' } },
      output: { status: 404, headers: {}, body: 'Not found' },
    },
  ],
})

interface Call {
  method: NonNullable<HttpRequest['method']>
  url: string
  query: Record<string, string>
  headers: Record<string, string>
  body: z.output<typeof Body>
  failOnStatus: boolean
}

function requestOf(call: Call, idempotencyKey: string): HttpRequest {
  const { content, contentType } = contentOf(call.body)
  const own = new Set(Object.keys(call.headers).map((name) => name.toLowerCase()))
  const headers = { ...call.headers }
  if (contentType && !own.has('content-type')) headers['Content-Type'] = contentType
  const changes = call.method !== 'GET' && call.method !== 'HEAD'
  if (changes && !own.has('idempotency-key')) headers['Idempotency-Key'] = idempotencyKey
  return {
    method: call.method,
    url: withQuery(call.url, call.query),
    headers,
    ...(content === undefined ? {} : { body: content }),
    ...(call.failOnStatus ? {} : { anyStatus: true }),
  }
}

function contentOf(body: z.output<typeof Body>): { content?: Json; contentType?: string } {
  switch (body.kind) {
    case 'none':
      return {}
    case 'json':
      // As text, so that a JSON text such as "hi" goes out with its quotes.
      return { content: JSON.stringify(body.json), contentType: 'application/json' }
    case 'text':
      return { content: body.text, contentType: body.contentType }
    case 'form':
      return { content: encode(body.fields), contentType: 'application/x-www-form-urlencoded' }
  }
  return body satisfies never
}

const encode = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

function withQuery(url: string, query: Call['query']): string {
  const more = encode(query)
  if (more === '') return url
  const [address = '', hash] = url.split('#', 2)
  const joined = `${address}${address.includes('?') ? '&' : '?'}${more}`
  return hash === undefined ? joined : `${joined}#${hash}`
}

function statusFailure({ status, body }: HttpReply) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const said = text && text !== 'null' ? ` It said: ${text.slice(0, 300)}` : ''
  const retryable = status === 408 || status === 425 || status === 429 || status >= 500
  return fail(`http_${status}`, `The address answered with status ${status}.${said}`, { retryable })
}

import {
  defineNode,
  FileRef,
  type Files,
  fail,
  type HttpReply,
  type HttpRequest,
  Json,
  z,
} from '../kit/index.ts'
import { Body, contentOf } from './body.ts'
import { keep } from './download.ts'
import { allPages, Pages } from './pages.ts'

export const httpRequest = defineNode({
  id: 'http.request',
  version: 1,
  title: 'HTTP request',
  summary: 'Calls a web address and gives the response.',
  group: 'app',
  icon: 'globe',
  line: '{method} {url}',
  connection: {
    kinds: ['http.header', 'http.bearer', 'http.basic', 'http.query', 'http.oauth2'],
    required: false,
  },
  effect: 'idempotent',
  readsWhen: { param: 'method', is: ['GET', 'HEAD'], absent: true },
  destination: ['url'],
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
    pages: Pages,
    keepFile: z.boolean().default(false).meta({
      title: 'Keep the response as a file',
      description: 'For pictures, PDF and the like, up to 25 MB: the output has a file in place of a body.',
    }),
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
    file: FileRef.optional(),
    pages: z.number().optional().meta({ title: 'Pages', description: 'How many were fetched.' }),
  }),
  async run({ params, http, files, idempotencyKey }) {
    const request = await requestOf(params, { files, idempotencyKey })
    const fetch = async (url: string) => {
      const reply = await http({ ...request, url })
      if (params.failOnStatus && reply.status >= 400) throw statusFailure(reply)
      return reply
    }
    const { pages } = params
    if (pages.kind !== 'one') return allPages(pages, { url: request.url, fetch })
    const reply = await fetch(request.url)
    const { status, headers, body } = reply
    if (!params.keepFile || status >= 400) return { status, headers, body }
    return { status, headers, body: null, file: await keep(reply, { url: request.url, files }) }
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
      title: 'A list of several pages',
      params: {
        url: 'https://api.example.com/orders',
        pages: { kind: 'next', next: 'next', list: 'orders', most: 10 },
      },
      replies: {
        'GET https://api.example.com/orders': {
          status: 200,
          headers: {},
          body: { orders: [{ id: 1 }, { id: 2 }], next: '/orders?after=2' },
        },
        'GET https://api.example.com/orders?after=2': {
          status: 200,
          headers: {},
          body: { orders: [{ id: 3 }], next: null },
        },
      },
      output: { status: 200, headers: {}, body: [{ id: 1 }, { id: 2 }, { id: 3 }], pages: 2 },
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
  body: Body
  keepFile: boolean
  failOnStatus: boolean
}

async function requestOf(
  call: Call,
  { files, idempotencyKey }: { files: Files; idempotencyKey: string },
): Promise<HttpRequest> {
  const { content, type } = await contentOf(call.body, files)
  const own = new Set(Object.keys(call.headers).map((name) => name.toLowerCase()))
  const headers = { ...call.headers }
  if (type && !own.has('content-type')) headers['Content-Type'] = type
  const changes = call.method !== 'GET' && call.method !== 'HEAD'
  if (changes && !own.has('idempotency-key')) headers['Idempotency-Key'] = idempotencyKey
  return {
    method: call.method,
    url: withQuery(call.url, call.query),
    headers,
    ...content,
    ...(call.keepFile ? { expect: 'bytes' as const } : {}),
    ...(call.failOnStatus ? {} : { anyStatus: true }),
  }
}

function withQuery(url: string, query: Call['query']): string {
  const more = new URLSearchParams(query).toString()
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

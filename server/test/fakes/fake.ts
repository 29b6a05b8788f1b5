// What every stand-in for a service is made of. No test runner in here: the browser tests use them too.
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeCall {
  method: string
  /** Without its query. */
  path: string
  query: URLSearchParams
  headers: http.IncomingHttpHeaders
  bytes: Buffer
  text: string
}

export interface FakeReply {
  status?: number
  headers?: Record<string, string>
  json?: unknown
  text?: string
  bytes?: Uint8Array
  /** The body piece by piece, as it is made. Breaks off when the stream throws. */
  stream?: AsyncIterable<string>
}

export interface Fake {
  url: string
  calls: FakeCall[]
  close(): Promise<void>
}

/** A server on loopback that remembers what came, and answers what `answer` says. */
export async function serveFake(answer: (call: FakeCall) => FakeReply | Promise<FakeReply>): Promise<Fake> {
  const calls: FakeCall[] = []
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const bytes = Buffer.concat(chunks)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake')
    const call: FakeCall = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      bytes,
      text: bytes.toString('utf8'),
    }
    calls.push(call)
    send(response, await answer(call))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

function send(response: http.ServerResponse, reply: FakeReply) {
  const { status = 200, headers = {}, json, text, bytes, stream } = reply
  if (stream) return void pour(response.writeHead(status, headers), stream)
  if (json === undefined) response.writeHead(status, headers).end(bytes ?? text ?? '')
  else
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json))
}

async function pour(response: http.ServerResponse, stream: AsyncIterable<string>) {
  try {
    for await (const piece of stream) {
      if (response.destroyed) return
      response.write(piece)
    }
    response.end()
  } catch {
    response.destroy()
  }
}

/** The body as JSON; undefined when it is none or does not say so. */
export function jsonOf({ headers, text }: FakeCall): Record<string, unknown> | undefined {
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

// For tests: servers on loopback, and clients that may reach them. Everything is closed after each test.
import http from 'node:http'
import type https from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { StepFailure } from '#nodes/kit/failure.ts'
import { createEgress, type EgressOptions, type EgressRequest } from './client.ts'

export const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

interface Seen {
  method: string
  url: string
  headers: http.IncomingHttpHeaders
  body: string
}

/** A server on loopback that remembers what came. */
export async function serve(answer: http.RequestListener, options: { host?: string; port?: number } = {}) {
  const seen: Seen[] = []
  const server = http.createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    answer(request, response)
  })
  await new Promise<void>((done) => server.listen(options.port ?? 0, options.host ?? '127.0.0.1', done))
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { seen, port: portOf(server) }
}

export function portOf(server: http.Server | https.Server): number {
  const address = server.address() as AddressInfo
  return address.port
}

export function egress(options: Partial<EgressOptions> = {}) {
  const client = createEgress({ allow: ['127.0.0.1'], resolve: async () => ['127.0.0.1'], ...options })
  open.push(() => client.close())
  return client
}

export async function failure(request: EgressRequest, client = egress()) {
  const error = await client.request(request).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof StepFailure) return error.failure
  throw error ?? new Error('It did not fail')
}

export const ok: http.RequestListener = (_, response) => response.end('ok')

import { createHash, timingSafeEqual } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'

interface Readiness {
  ready: boolean
  [part: string]: unknown
}

/**
 * What operators ask: metrics, and whether the process lives and can work. On an address of its own, so that a proxy
 * before the product does not pass it on; with a token wherever one is set.
 */
export async function adminListener(about: {
  registry: Registry
  token?: string
  ready(): Promise<Readiness>
}): Promise<FastifyInstance> {
  const { registry, token, ready } = about
  const server = Fastify({ requestTimeout: 10_000, bodyLimit: 1_024 })
  if (token) {
    const expected = digest(`Bearer ${token}`)
    server.addHook('onRequest', async (request, reply) => {
      // Whoever only asks whether it lives is told: load balancers have no token.
      if (request.url === '/healthz') return
      if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return
      return reply.status(401).header('www-authenticate', 'Bearer').send({ code: 'signed_out' })
    })
  }
  server.get('/metrics', async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  )
  server.get('/healthz', async () => ({ ok: true }))
  server.get('/readyz', async (_request, reply) => {
    const state = await ready()
    return reply.status(state.ready ? 200 : 503).send(state)
  })
  return server
}

const digest = (text: string) => createHash('sha256').update(text).digest()

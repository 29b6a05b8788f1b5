import type { FastifyInstance } from 'fastify'
import type { Metrics } from './metrics.ts'
import type { Traces } from './traces.ts'

/** Watches every request by its route, never by its address: that holds ids. */
export function watchRequests(
  server: FastifyInstance,
  { metrics, traces }: { metrics: Metrics; traces: Traces | null },
) {
  if (traces) server.addHook('onRequest', (request, _reply, done) => traces.request(request, done))
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const status = reply.statusCode
    traces?.answered(request, { route, status })
    metrics.request({ method: request.method, route, status, seconds: reply.elapsedTime / 1_000 })
  })
}

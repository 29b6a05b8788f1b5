import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { headersOf } from '#server/tenants/auth-routes.ts'
import { createContext } from './context.ts'
import { describeError } from './error-body.ts'
import { takeJsonText } from './json-body.ts'
import { requireOwnOrigin } from './origin.ts'
import type { Parts } from './parts.ts'
import { appRouter } from './router.ts'

const MAX_BATCH = 20
const BODY_BYTES = 6 * 1024 * 1024
const NO_TENANT = '_'

interface Address {
  Params: { tenant: string; '*': string }
}

/** The client's API. The tenant is in the address and nowhere else; each procedure checks its own policy. */
export async function trpcRoute(
  server: FastifyInstance,
  { parts, origins }: { parts: Parts; origins: string[] },
) {
  takeJsonText(server)
  requireOwnOrigin(server, origins)
  server.route<Address>({
    method: ['GET', 'POST'],
    url: '/api/trpc/:tenant/*',
    config: { policy: 'trpc' },
    bodyLimit: BODY_BYTES,
    // Streams stay open; sse.maxDurationMs ends them before this does.
    handlerTimeout: 3_600_000,
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      await fastifyRequestHandler({
        router: appRouter,
        req: request,
        res: reply,
        path: request.params['*'],
        maxBatchSize: MAX_BATCH,
        createContext: () => contextOf(parts, request),
        onError: ({ error, path }) => {
          if (describeError(error).status >= 500)
            parts.log.error({ requestId: request.id, path, err: error.cause ?? error })
        },
      })
    },
  })
}

function contextOf(parts: Parts, request: FastifyRequest<Address>) {
  const { tenant } = request.params
  return createContext({
    parts,
    requestId: request.id,
    headers: headersOf(request),
    slug: tenant === NO_TENANT ? null : tenant,
  })
}

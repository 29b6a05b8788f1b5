import { setMaxListeners } from 'node:events'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import { shortId } from '#server/db/id.ts'
import { notFound } from '#server/errors.ts'
import { tenantOf } from '#server/tenants/tenant-of.ts'
import { findHook } from '#server/triggers/hooks/find-hook.ts'
import { createKnownHooks } from '#server/triggers/hooks/known-hooks.ts'
import { hookRoutes } from '#server/triggers/hooks/route.ts'
import { answerError } from './answer-error.ts'
import { answerGarbage } from './answer-garbage.ts'
import { authRoute } from './auth-route.ts'
import { clientFiles } from './client-files.ts'
import { fileRoute } from './file-route.ts'
import { healthRoute } from './health-route.ts'
import { oauthRoute } from './oauth-route.ts'
import type { Parts } from './parts.ts'
import { type DeclaredRoute, policiesOf, requirePolicies } from './policies.ts'
import { tooManyRequests } from './rate-limits.ts'
import { restRoutes } from './rest/routes.ts'
import { restOfBody } from './rest-of-body.ts'
import { appRouter } from './router.ts'
import { securityHeaders } from './security-headers.ts'
import { trpcRoute } from './trpc-route.ts'

/** How long answers that are under way get when the server closes. */
const CLOSE_MS = 5_000

interface AppOptions {
  /** Pages that may use a visitor's session. */
  origins?: string[]
  /** Where the built client is; without it only the API answers. */
  clientFolder?: string
  /** Watches what is asked and answered. */
  watch?: (server: FastifyInstance) => void
  /** Addresses or CIDR of the reverse proxies before us. */
  trustedProxies?: string[]
}

export interface App {
  server: FastifyInstance
  /** Every route with its policy, for the test that walks them. */
  routes: DeclaredRoute[]
}

/** The whole HTTP side. Listening is the caller's. Throws when a route or a procedure declares no policy. */
export async function createApp(
  given: Omit<Parts, 'closing'>,
  { origins = [given.baseUrl], clientFolder, watch, trustedProxies = [] }: AppOptions = {},
): Promise<App> {
  policiesOf(appRouter)
  const closing = new AbortController()
  // Every caller who waits for a run listens to it.
  setMaxListeners(0, closing.signal)
  const parts: Parts = { ...given, closing: closing.signal }
  const server = Fastify({
    // How long a caller may take to send a request, to say nothing at all, and to be answered.
    requestTimeout: 30_000,
    connectionTimeout: 130_000,
    handlerTimeout: 60_000,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: 'idle',
    genReqId: () => shortId(20),
    requestIdHeader: false,
    // Whose word for the caller's address counts; from anybody else it is the socket's.
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    routerOptions: { maxParamLength: 2_000 },
    clientErrorHandler: answerGarbage,
    frameworkErrors: (error, request, reply) => answerError(parts.log, { error, request, reply }),
  })
  const routes = requirePolicies(server)
  watch?.(server)
  server.removeAllContentTypeParsers()
  server.setErrorHandler(async (error, request, reply) => {
    await restOfBody(request, error)
    return answerError(parts.log, { error, request, reply })
  })
  server.setNotFoundHandler((request, reply) => answerError(parts.log, { error: notFound(), request, reply }))
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  server.addHook('preClose', async () => {
    closing.abort()
    // Whoever is still being answered then has had their time.
    setTimeout(() => server.server.closeAllConnections(), CLOSE_MS).unref()
  })
  await securityHeaders(server, parts.baseUrl)
  await server.register(rateLimit, tooManyRequests)

  await server.register(healthRoute, parts)
  await server.register(authRoute, { parts, origins })
  await server.register(oauthRoute, parts)
  await server.register(trpcRoute, { parts, origins })
  await server.register(restRoutes, parts)
  await server.register(fileRoute, parts)
  const { app, engine, auth } = parts.databases
  const slugs = { tenantOf: (slug: string) => tenantOf(auth, slug) }
  const hooks = createKnownHooks({
    look: (address) => findHook(app, address),
    onChange: (listener) => parts.runtime.onHooks(listener),
  })
  await server.register(hookRoutes, { ...parts, ...slugs, app, engine, hooks })
  if (clientFolder) await server.register(clientFiles, { folder: clientFolder })
  await server.ready()
  return { server, routes }
}

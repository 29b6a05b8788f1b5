import type { FastifyInstance } from 'fastify'
import { takeJsonText } from './json-body.ts'
import { requireOwnOrigin } from './origin.ts'
import type { Parts } from './parts.ts'
import { headersOf } from './request-headers.ts'

const BODY_BYTES = 64 * 1024

/** better-auth's own routes: sign up, in and out, sessions, change of password. */
export async function authRoute(
  server: FastifyInstance,
  { parts, origins }: { parts: Parts; origins: string[] },
) {
  takeJsonText(server)
  requireOwnOrigin(server, origins)
  server.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    config: { policy: 'own' },
    bodyLimit: BODY_BYTES,
    handler: async (request, reply) => {
      const answer = await parts.auth.handler(
        new Request(new URL(request.url, parts.baseUrl), {
          method: request.method,
          headers: headersOf(request),
          ...(typeof request.body === 'string' ? { body: request.body } : {}),
        }),
      )
      reply.status(answer.status).header('cache-control', 'no-store')
      answer.headers.forEach((value, name) => {
        if (name !== 'set-cookie') reply.header(name, value)
      })
      // Each cookie its own header: joined into one they could not be told apart again.
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
      return reply.send(await answer.text())
    },
  })
}

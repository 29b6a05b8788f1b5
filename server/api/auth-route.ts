import type { FastifyInstance } from 'fastify'
import { registerAuthRoutes } from '#server/tenants/auth-routes.ts'
import { auditSessions } from './audit/sessions.ts'
import { takeJson } from './json-body.ts'
import { requireOwnOrigin } from './origin.ts'
import type { Parts } from './parts.ts'

/** Signing up, in and out, and one's sessions. */
export async function authRoute(
  server: FastifyInstance,
  { parts, origins }: { parts: Parts; origins: string[] },
) {
  takeJson(server)
  requireOwnOrigin(server, origins)
  registerAuthRoutes(server, {
    auth: parts.auth,
    people: parts.databases.auth,
    origins,
    told: auditSessions(parts),
  })
}

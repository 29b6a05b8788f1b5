import type { FastifyRequest } from 'fastify'
import { writeAudit } from '#server/audit/write.ts'
import { inTenant } from '#server/db/tenant.ts'
import type { SessionEvent } from '#server/tenants/auth-routes.ts'
import type { Parts } from '../parts.ts'

/** One line for failures of one person in so long: whoever guesses passwords does not fill the log. */
const FAILURE_EVERY_MS = 60_000
const MOST_KEPT = 5_000
/** Of the tenants of one person; nobody honest is in more. */
const MOST_TENANTS = 50

/** Tells each tenant of a person that they signed in or out, or that somebody failed to in their name. */
export function auditSessions(parts: Parts) {
  const failures = new Map<string, number>()

  function isNews(userId: string): boolean {
    const last = failures.get(userId) ?? Number.NEGATIVE_INFINITY
    const now = performance.now()
    if (now - last < FAILURE_EVERY_MS) return false
    if (failures.size >= MOST_KEPT) failures.clear()
    failures.set(userId, now)
    return true
  }

  async function write(event: SessionEvent, request: FastifyRequest) {
    const { auth, app } = parts.databases
    const where = 'email' in event ? { email: event.email } : { id: event.userId }
    const user = await auth.user.findUnique({
      where,
      select: {
        id: true,
        name: true,
        email: true,
        members: { select: { organizationId: true }, take: MOST_TENANTS },
      },
    })
    if (!user || (event.kind === 'sign_in_failed' && !isNews(user.id))) return
    for (const { organizationId: tenantId } of user.members)
      await inTenant(app, tenantId, (db) =>
        writeAudit(db, {
          tenantId,
          actor: { kind: 'user', id: user.id, name: user.name || user.email },
          action: `session.${event.kind}`,
          subject: { kind: 'session', id: null, name: '' },
          detail: {},
          ip: request.ip,
          requestId: request.id,
        }),
      )
  }

  return (event: SessionEvent, request: FastifyRequest) =>
    write(event, request).catch((err: unknown) =>
      parts.log.error({ err, requestId: request.id }, 'The audit log could not be written'),
    )
}

import type { FastifyRequest } from 'fastify'
import type { KeyHolder } from '#server/api-keys/verify.ts'
import { subjectName } from '#server/audit/subject-name.ts'
import { writeAudit } from '#server/audit/write.ts'
import { inTenant } from '#server/db/tenant.ts'
import type { Parts } from '../parts.ts'
import { detailOf, madeId, nameIn, subjectIn } from './entry.ts'
import { lineOf, routeLines } from './lines.ts'

interface Asked {
  name: string
  holder: KeyHolder
  request: FastifyRequest
  /** Parameters and body. */
  input: unknown
}

/** The same for the public API: what comes back writes the line of a change that has happened. */
export async function auditRoute(
  parts: Parts,
  { name, holder, request, input }: Asked,
): Promise<((answer: unknown) => Promise<void>) | null> {
  const line = name.startsWith('GET ') ? null : lineOf(routeLines, name)
  if (!line) return null
  const tenantId = holder.tenant.id
  const { app } = parts.databases
  const { kind, id } = subjectIn(line, input)
  const called =
    id === null ? '' : await inTenant(app, tenantId, (db) => subjectName(db, { tenantId, kind, id }))
  return async (answer) => {
    const entry = {
      tenantId,
      action: line.action,
      subject: { kind, id: madeId(line, { id, answer }), name: called || nameIn(input) },
      detail: detailOf(line, input),
      ip: request.ip,
      requestId: request.id,
    }
    await write(parts, { holder, entry })
  }
}

/** A key that lacks the scope tried to change something. */
export async function auditDenied(parts: Parts, about: Omit<Asked, 'input'> & { why: string }) {
  const { name, holder, request, why } = about
  const line = name.startsWith('GET ') ? null : lineOf(routeLines, name)
  if (!line) return
  const entry = {
    tenantId: holder.tenant.id,
    action: line.action,
    subject: { ...subjectIn(line, request.params), name: '' },
    detail: { denied: why },
    ip: request.ip,
    requestId: request.id,
  }
  await write(parts, { holder, entry })
}

async function write(
  { databases, log }: Parts,
  { holder, entry }: { holder: KeyHolder; entry: Omit<Parameters<typeof writeAudit>[1], 'actor'> },
) {
  const { tenantId } = entry
  await inTenant(databases.app, tenantId, async (db) => {
    const id = holder.id
    const key = await db.apiKey.findUnique({
      where: { tenantId_id: { tenantId, id } },
      select: { name: true },
    })
    await writeAudit(db, { ...entry, actor: { kind: 'api_key', id, name: key?.name ?? '' } })
  }).catch((err: unknown) =>
    log.error({ err, requestId: entry.requestId }, 'The audit log could not be written'),
  )
}

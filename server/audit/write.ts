import type { Json } from '#nodes/kit/json.ts'
import { Prisma } from '#server/db/generated/client.ts'
import { newId } from '#server/db/id.ts'

export interface Actor {
  kind: 'user' | 'api_key' | 'admin' | 'system'
  id: string | null
  name: string
}

export interface Subject {
  kind: string
  id: string | null
  name: string
}

export interface NewAuditEntry {
  tenantId: string
  actor: Actor
  /** `workflow.publish`: what it was done to, a dot, and what was done. */
  action: string
  subject: Subject
  /** What changed. Never a secret: whoever writes names the fields that are shown. */
  detail: { [name: string]: Json }
  ip?: string | null
  requestId?: string | null
}

const MOST_DETAIL = 4_000

/** Adds a line to a tenant's log. Nothing ever changes or removes one. */
export async function writeAudit(
  db: { $executeRaw(query: Prisma.Sql): Promise<number> },
  { tenantId, actor, action, subject, detail, ip = null, requestId = null }: NewAuditEntry,
): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    insert into audit_entry (tenant_id, id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
      subject_name, detail, ip, request_id)
    values (${tenantId}, ${newId()}::uuid, ${actor.kind}, ${actor.id}, ${clean(actor.name)}, ${action}, ${subject.kind},
      ${subject.id}, ${clean(subject.name)}, ${JSON.stringify(bounded(detail))}::json, ${ip}, ${requestId})`)
}

/** Names come from anywhere: PostgreSQL takes no NUL, and a line is a line. */
const clean = (text: string) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 200)

function bounded(detail: { [name: string]: Json }): { [name: string]: Json } {
  const text = JSON.stringify(detail)
  if (text.length <= MOST_DETAIL && !/\\u0000|\\ud[89a-f]/i.test(text)) return detail
  return { cut: clean(text).slice(0, 1_000) }
}

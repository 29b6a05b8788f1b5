import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { decodeJson } from '#server/db/json.ts'
import type { AppClient } from '#server/db/open.ts'
import { inTenant } from '#server/db/tenant.ts'

/** A question of a run that is answered at an address of its own, by whoever has it. */
export interface PublicTask {
  tenantId: string
  id: string
  kind: 'form' | 'webhook'
  isOpen: boolean
  title: string
  message: string
  fields: Json
}

const Request = z.object({
  message: z.string().default(''),
  fields: Json.default({}),
  path: z.string().min(16),
})

const ADDRESS = /^tasks\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([\w-]{16,200})$/

/** The task's id and the key of its address; null where the path is not of that form. */
export function taskAddress(path: string): { id: string; key: string } | null {
  const [, id, key] = ADDRESS.exec(path) ?? []
  return id && key ? { id, key } : null
}

/** Null for a task that is not there, is for members only, or whose key is another: the three do not differ. */
export async function findTask(
  app: AppClient,
  { tenantId, id, key }: { tenantId: string; id: string; key: string },
): Promise<PublicTask | null> {
  const row = await inTenant(app, tenantId, (db) =>
    db.task.findUnique({
      where: { tenantId_id: { tenantId, id } },
      select: { kind: true, status: true, title: true, role: true, deadlineAt: true, request: true },
    }),
  )
  const kind = z.enum(['form', 'webhook']).safeParse(row?.kind).data
  if (!row || !kind || row.role !== null) return null
  const request = Request.safeParse(decodeJson(row.request)).data
  if (!request || !isSame(key, request.path)) return null
  const isOver = row.deadlineAt !== null && row.deadlineAt.getTime() <= Date.now()
  const { message, fields } = request
  return { tenantId, id, kind, isOpen: row.status === 'open' && !isOver, title: row.title, message, fields }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

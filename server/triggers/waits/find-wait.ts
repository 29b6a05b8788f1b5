import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { decodeJson } from '#server/db/json.ts'
import type { AppClient } from '#server/db/open.ts'
import { inTenant } from '#server/db/tenant.ts'

/** A question of a run that is answered at an address of its own, by whoever knows it. */
export interface Wait {
  tenantId: string
  id: string
  kind: 'form' | 'webhook'
  isOpen: boolean
  title: string
  message: string
  fields: Json
}

const Row = z.object({
  id: z.string(),
  kind: z.enum(['form', 'webhook']),
  isOpen: z.boolean(),
  title: z.string(),
  request: z.unknown(),
})
const Request = z.object({ message: z.string().default(''), fields: Json.default({}) })

const ADDRESS = /^wait\/([\w-]+(?:\/[\w-]+)*)$/
const MOST_LETTERS = 200

/** The part of an address that a run chose; null where the path is not of that form. */
export function waitPath(path: string): string | null {
  const own = ADDRESS.exec(path)?.[1]
  return own !== undefined && own.length <= MOST_LETTERS ? own : null
}

/**
 * Of several runs that wait at one address the one that has waited longest. One that waits no longer is found too,
 * after those that do. What members answer (`role`) has no address.
 */
export async function findWait(
  app: AppClient,
  { tenantId, path }: { tenantId: string; path: string },
): Promise<Wait | null> {
  const rows = await inTenant(
    app,
    tenantId,
    (db) => db.$queryRaw`
      select id, kind, title, request, status = 'open' and (deadline_at is null or deadline_at > now()) as "isOpen"
      from task
      where tenant_id = ${tenantId} and kind in ('form', 'webhook') and role is null and request->>'path' = ${path}
      order by 5 desc, created_at limit 1`,
  )
  const [row] = z.array(Row).parse(rows)
  if (!row) return null
  const { message, fields } = Request.parse(decodeJson(row.request))
  const { id, kind, isOpen, title } = row
  return { tenantId, id, kind, isOpen, title, message, fields }
}

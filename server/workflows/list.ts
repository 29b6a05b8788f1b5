import { z } from 'zod'
import { catalog } from '#nodes/catalog.ts'
import { readCursor, writeCursor } from '#server/db/cursor.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

const PAGE = 50
const triggerTypes = catalog.flatMap(({ role, id }) => (role === 'trigger' ? [id] : []))

const Row = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  publishedVersion: z.number().nullable(),
  pausedAt: z.date().nullable(),
  draftRevision: z.number(),
  updatedAt: z.date(),
  nodeCount: z.number(),
  triggers: z.array(z.string()),
  runId: z.string().nullable(),
  runStatus: z.string().nullable(),
  runAt: z.date().nullable(),
})

/** Newest change first; `triggers` are the types of its trigger nodes. */
export async function listWorkflows(
  scope: TenantScope,
  { search, cursor, limit = PAGE }: { search?: string; cursor?: string; limit?: number },
) {
  const { at: beforeAt, id: beforeId } = cursor ? readCursor(cursor) : { at: null, id: null }
  const like = search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null
  const rows = await scope.inTenant(
    (db) => db.$queryRaw`
      select w.id, w.name, w.description, w.published_version as "publishedVersion", w.paused_at as "pausedAt",
        w.draft_revision as "draftRevision", w.updated_at as "updatedAt",
        json_array_length(w.draft->'nodes') as "nodeCount",
        array(
          select distinct node->>'type' from json_array_elements(w.draft->'nodes') node
          where node->>'type' = any(${triggerTypes}) order by 1
        ) as triggers,
        r.id as "runId", r.status as "runStatus", r.created_at as "runAt"
      from workflow w
      left join lateral (
        select id, status, created_at from run
        where tenant_id = w.tenant_id and workflow_id = w.id
        order by created_at desc, id desc limit 1
      ) r on true
      where w.tenant_id = ${scope.tenant.id}
        and (${like}::text is null or w.name ilike ${like} or w.description ilike ${like})
        and (${beforeAt}::timestamptz is null
          or (w.updated_at, w.id) < (${beforeAt}::timestamptz, ${beforeId}::uuid))
      order by w.updated_at desc, w.id desc
      limit ${limit + 1}`,
  )
  const found = z.array(Row).parse(rows)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ runId, runStatus, runAt, updatedAt, pausedAt, ...workflow }) => ({
      ...workflow,
      pausedAt: pausedAt?.toISOString() ?? null,
      updatedAt: updatedAt.toISOString(),
      lastRun: runId && runStatus && runAt ? { id: runId, status: runStatus, at: runAt.toISOString() } : null,
    })),
    next: found.length > limit && last ? writeCursor(last.updatedAt, last.id) : null,
  }
}

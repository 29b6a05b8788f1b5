import type { StoredEvent } from '#server/engine/history.ts'
import { decodeEvent } from '#server/runtime/event-json.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { requireRun } from './read.ts'

const PAGE = 10_000

/** What happened in a run after an event, oldest first; ask again from the last one while there is more. */
export async function readEvents(
  scope: TenantScope,
  { id, after = 0, limit = PAGE }: { id: string; after?: number; limit?: number },
): Promise<StoredEvent[]> {
  await requireRun(scope, { id })
  const rows = await scope.inTenant((db) =>
    db.runEvent.findMany({
      where: { tenantId: scope.tenant.id, runId: id, seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: limit,
    }),
  )
  return rows.map(({ seq, at, data }) => ({ seq, at: at.getTime(), event: decodeEvent(data) }))
}

import type { StoredEvent } from '#server/engine/history.ts'
import { eventsIn } from '#server/runtime/event-chunks.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { requireRun } from './read.ts'

const PAGE = 10_000
/** Rows read at once; each holds what one write brought. */
const ROWS = 100

/** What happened in a run after an event, oldest first; ask again from the last one while there is more. */
export async function readEvents(
  scope: TenantScope,
  { id, after = 0, limit = PAGE }: { id: string; after?: number; limit?: number },
): Promise<StoredEvent[]> {
  await requireRun(scope, { id })
  const events: StoredEvent[] = []
  for (let from = after; events.length < limit; from = events.at(-1)?.seq ?? from) {
    const rows = await scope.inTenant((db) =>
      db.runEvent.findMany({
        where: { tenantId: scope.tenant.id, runId: id, seq: { gt: from } },
        orderBy: { seq: 'asc' },
        take: ROWS,
      }),
    )
    for (const row of rows) events.push(...eventsIn(row, from))
    if (rows.length < ROWS) break
  }
  return events.slice(0, limit)
}

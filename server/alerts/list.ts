import { z } from 'zod'
import { readCursor, writeCursor } from '#server/db/cursor.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

const Delivery = z.enum(['pending', 'sent', 'failed'])
const Detail = z.looseObject({ runId: z.string().optional(), workflowId: z.string().optional() })

/** What was raised, newest first, and whether the message about it arrived. */
export async function listAlerts(
  scope: TenantScope,
  { cursor, limit = 50 }: { cursor?: string; limit?: number },
) {
  const after = cursor ? readCursor(cursor) : null
  const rows = await scope.inTenant((db) =>
    db.alert.findMany({
      where: {
        tenantId: scope.tenant.id,
        ...(after
          ? { createdAt: { lte: after.at }, OR: [{ createdAt: { lt: after.at } }, { id: { lt: after.id } }] }
          : {}),
      },
      include: { rule: { select: { id: true, name: true, kind: true, channel: true } } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    }),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => {
      const { runId = null, workflowId = null } = Detail.parse(row.detail)
      return {
        id: row.id,
        rule: row.rule,
        summary: row.summary,
        runId,
        workflowId,
        delivery: Delivery.parse(row.delivery),
        attempts: row.attempts,
        trouble: row.trouble,
        nextAt: row.delivery === 'pending' ? (row.nextAt?.toISOString() ?? null) : null,
        sentAt: row.sentAt?.toISOString() ?? null,
        createdAt: row.createdAt.toISOString(),
      }
    }),
    next: rows.length > limit && last ? writeCursor(last.createdAt, last.id) : null,
  }
}

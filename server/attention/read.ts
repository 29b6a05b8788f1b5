import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { decodeJson } from '#server/db/json.ts'
import { notFound } from '#server/errors.ts'
import { Resolution } from '#server/runtime/resolution.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { columns, joins, requestOf, SummaryRow, summaryOf } from './summary.ts'

const Row = SummaryRow.extend({
  status: z.enum(['open', 'answered', 'expired', 'cancelled']),
  answer: z.unknown(),
  answeredBy: z.string().nullable(),
  answeredAt: z.date().nullable(),
})

/** One step that needs, or needed, attention, with its parameters as they were and what was decided. */
export async function readAttention(scope: TenantScope, { id }: { id: string }) {
  const [row] = z.array(Row).parse(
    await scope.inTenant(
      (db) => db.$queryRaw`
        select ${columns}, t.status, t.answer, t.answered_by as "answeredBy", t.answered_at as "answeredAt"
        from task t ${joins}
        where t.tenant_id = ${scope.tenant.id} and t.id = ${id}::uuid and t.kind = 'attention'`,
    ),
  )
  if (!row) throw notFound()
  const { status, answer, answeredBy, answeredAt, ...rest } = row
  const { params, missing } = requestOf(row.request)
  return {
    ...summaryOf(rest),
    status,
    params,
    missing,
    resolution: answer === null ? null : Resolution.parse(Json.parse(decodeJson(answer))),
    answeredBy,
    answeredAt: answeredAt?.toISOString() ?? null,
  }
}

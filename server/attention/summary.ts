import { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'
import { decodeJson } from '#server/db/json.ts'
import { AttentionRequest } from '#server/runtime/attention-request.ts'

/** What every reader of the inbox selects of `task t`, `run r`, `workflow w` and `connection c`. */
export const columns = Prisma.sql`
  t.id, t.run_id as "runId", t.step, t.cause, t.request, t.created_at as "createdAt",
  r.workflow_id as "workflowId", w.name as "workflowName", t.connection_id as "connectionId", c.name as "connectionName"`

export const joins = Prisma.sql`
  join run r on r.tenant_id = t.tenant_id and r.id = t.run_id
  join workflow w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
  left join connection c on c.tenant_id = t.tenant_id and c.id = t.connection_id`

export const SummaryRow = z.object({
  id: z.string(),
  runId: z.string(),
  step: z.string(),
  request: z.unknown(),
  createdAt: z.date(),
  workflowId: z.string(),
  workflowName: z.string(),
  connectionId: z.string().nullable(),
  connectionName: z.string().nullable(),
})
type SummaryRow = z.infer<typeof SummaryRow>

export const requestOf = (stored: unknown): AttentionRequest => AttentionRequest.parse(decodeJson(stored))

/** A step that needs attention, as lists show it. A connection that was removed since has no name. */
export function summaryOf({ id, runId, step, ...row }: SummaryRow) {
  const { why, cause, code, message, attempts, node, effect, ports } = requestOf(row.request)
  const { workflowId, workflowName, connectionId, connectionName } = row
  return {
    ...{ id, runId, step, why, cause, code, message, attempts, node, effect, ports },
    workflow: { id: workflowId, name: workflowName },
    connection: connectionId ? { id: connectionId, name: connectionName } : null,
    createdAt: row.createdAt.toISOString(),
  }
}

import { z } from 'zod'
import { Prisma } from '#server/db/generated/client.ts'

export const Why = z.enum(['unknown', 'exhausted', 'crashed'])

/** Which steps that need attention. The same for the list, its groups and what is decided about many. */
export const AttentionFilter = z.strictObject({
  workflowId: z.uuid().optional(),
  why: Why.optional(),
  connectionId: z.uuid().optional(),
  /** The node's key. */
  node: z.string().min(1).max(63).optional(),
  /** The key of a group. */
  cause: z
    .string()
    .regex(/^[0-9a-f]{1,64}$/, 'Not the key of a cause')
    .optional(),
})
export type AttentionFilter = z.infer<typeof AttentionFilter>

/** As conditions on `task t`; those that are open, as an index has them. */
export function conditionsOf(tenantId: string, filter: AttentionFilter): Prisma.Sql {
  const { workflowId, why, connectionId, node, cause } = filter
  return Prisma.join(
    [
      Prisma.sql`t.tenant_id = ${tenantId} and t.kind = 'attention' and t.status = 'open'`,
      ...(workflowId
        ? [
            Prisma.sql`exists (select from run f
              where f.tenant_id = t.tenant_id and f.id = t.run_id and f.workflow_id = ${workflowId}::uuid)`,
          ]
        : []),
      ...(why ? [Prisma.sql`t.why = ${why}`] : []),
      ...(connectionId ? [Prisma.sql`t.connection_id = ${connectionId}::uuid`] : []),
      // `each[2].send[0]` is a visit to `send`.
      ...(node ? [Prisma.sql`regexp_replace(t.step, '^.*\\.|\\[\\d+\\]$', '', 'g') = ${node}`] : []),
      ...(cause ? [Prisma.sql`t.cause = ${cause}`] : []),
    ],
    ' and ',
  )
}

import { z } from 'zod'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { conditionsOf, type RunFilter } from './filter.ts'
import { failureFrom } from './list.ts'

const MOST = 100

const Row = z.object({
  failureKey: z.string(),
  count: z.number(),
  firstAt: z.date(),
  lastAt: z.date(),
  sampleRunId: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  failure: z.unknown(),
})

/** Failures with the same cause, the cause that showed itself last first. */
export async function groupFailures(
  scope: TenantScope,
  filter: Pick<RunFilter, 'workflowId' | 'from' | 'to'>,
) {
  const tenantId = scope.tenant.id
  const rows = await scope.inTenant(
    // An id begins with the time it was made: the greatest is the newest.
    (db) => db.$queryRaw`
      with grouped as (
        select r.failure_key, count(*)::int as count, min(r.created_at) as first_at, max(r.created_at) as last_at,
          max(r.id::text)::uuid as sample
        from run r where ${conditionsOf(tenantId, filter)} and r.failure_key is not null
        group by r.failure_key order by last_at desc limit ${MOST}
      )
      select g.failure_key as "failureKey", g.count, g.first_at as "firstAt", g.last_at as "lastAt",
        r.id as "sampleRunId", w.id as "workflowId", w.name as "workflowName", r.failure
      from grouped g
      join run r on r.tenant_id = ${tenantId} and r.id = g.sample
      join workflow w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
      order by g.last_at desc`,
  )
  return z
    .array(Row)
    .parse(rows)
    .map(({ workflowId, workflowName, failure, firstAt, lastAt, ...group }) => {
      const { code = '', message = '', step = null } = failureFrom(failure) ?? {}
      return {
        ...group,
        workflow: { id: workflowId, name: workflowName },
        node: step && nodeOf(step),
        code,
        message,
        firstAt: firstAt.toISOString(),
        lastAt: lastAt.toISOString(),
      }
    })
}

/** `each[2].send` is a visit to `send`. */
const nodeOf = (step: string) => step.slice(step.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '')

import { Prisma } from '#server/db/generated/client.ts'
import { hasEnded, type RunStatus, type StartedBy } from './status.ts'

/** Which runs of a tenant. The same for the list, its count and what is done to many. */
export interface RunFilter {
  workflowId?: string
  status?: RunStatus[]
  startedBy?: StartedBy[]
  /** Part of the workflow's name or of the failure's text, or the beginning of the run's id. */
  search?: string
  failureKey?: string
  /** Moments as ISO strings; `from` is included, `to` is not. */
  from?: string
  to?: string
}

const and = (conditions: Prisma.Sql[]) => Prisma.join(conditions, ' and ')

/** The filter without its search, as conditions on `run r`. */
export function conditionsOf(tenantId: string, filter: RunFilter): Prisma.Sql {
  const { workflowId, status, startedBy, failureKey, from, to } = filter
  return and([
    Prisma.sql`r.tenant_id = ${tenantId}`,
    ...(workflowId ? [Prisma.sql`r.workflow_id = ${workflowId}::uuid`] : []),
    ...(status?.length ? [Prisma.sql`r.status = any(${status})`] : []),
    // Says what the states mean, so that the few that have not ended are found among the many that have.
    ...(status?.length && !status.some(hasEnded) ? [Prisma.sql`r.finished_at is null`] : []),
    ...(startedBy?.length ? [Prisma.sql`r.started_by = any(${startedBy})`] : []),
    ...(failureKey ? [Prisma.sql`r.failure_key = ${failureKey}`] : []),
    ...(from ? [Prisma.sql`r.created_at >= ${from}::timestamptz`] : []),
    ...(to ? [Prisma.sql`r.created_at < ${to}::timestamptz`] : []),
  ])
}

/**
 * What the search means, one condition for each way a run can fit it. They are asked one by one, as each has an index
 * of its own and an `or` of them has none.
 */
export function searchesOf(tenantId: string, search: string | undefined): Prisma.Sql[] {
  const text = search?.trim()
  if (!text) return [Prisma.sql`true`]
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const ids = idRange(text)
  return [
    Prisma.sql`r.workflow_id = any(array(
      select w.id from workflow w where w.tenant_id = ${tenantId} and w.name ilike ${like} limit 200))`,
    Prisma.sql`r.failure_key is not null and r.failure->>'message' ilike ${like}`,
    ...(ids ? [Prisma.sql`r.id between ${ids.first}::uuid and ${ids.last}::uuid`] : []),
  ]
}

/** The ids that begin so; null for what no id begins with, and for what would fit too many. */
function idRange(text: string): { first: string; last: string } | null {
  const digits = text.toLowerCase().replaceAll('-', '')
  if (!/^[0-9a-f]{4,32}$/.test(digits)) return null
  return { first: asId(digits.padEnd(32, '0')), last: asId(digits.padEnd(32, 'f')) }
}

const asId = (digits: string) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

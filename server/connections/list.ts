import { ConnectionLimits } from '#nodes/kit/reliability.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

/** By name. What is sealed is not even readable by the role that asks. */
export async function listConnections(scope: TenantScope) {
  const found = await scope.inTenant((db) =>
    db.connection.findMany({ where: { tenantId: scope.tenant.id }, orderBy: { name: 'asc' }, take: 1_000 }),
  )
  return found.map(({ id, name, kind, hosts, status, trouble, account, limits, createdAt, updatedAt }) => ({
    id,
    name,
    kind,
    hosts,
    /** `reconnect`: it does not work before somebody signs in (again); `trouble` says why, if it ever worked. */
    status: status === 'ok' ? ('ok' as const) : ('reconnect' as const),
    trouble,
    account,
    /** Its own, in place of its kind's. */
    limits: ConnectionLimits.parse(limits ?? {}),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }))
}

import { newId } from '#server/db/id.ts'
import { refuseDouble } from '#server/db/unique.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { storedFor } from './stored.ts'
import type { Vault } from './vault.ts'

/** Stores a credential. From here on it can be replaced and used, never read. */
export async function createConnection(
  { scope, vault }: { scope: TenantScope; vault: Vault },
  { name, kind, hosts, fields }: { name: string; kind: string; hosts?: string[]; fields: unknown },
) {
  const tenantId = scope.tenant.id
  const id = newId()
  const stored = storedFor(kind, fields)
  const data = {
    ...{ tenantId, id, name, kind, status: stored.status, createdBy: scope.actor },
    hosts: stored.hosts ?? hosts ?? noHosts(),
    sealed: new Uint8Array(vault.seal({ tenantId, id }, stored.contents)),
  }
  await refuseDouble(
    () => scope.inTenant((db) => db.connection.create({ data, select: { id: true } })),
    `There is already a connection called ${name}`,
  )
  return { id }
}

/** Only a kind that has hosts of its own needs none named. */
function noHosts(): never {
  const message = 'Name at least one host this credential may be sent to'
  throw new AppError('invalid', message, { issues: [{ path: 'hosts', message }] })
}

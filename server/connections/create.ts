import { newId } from '#server/db/id.ts'
import { refuseDouble } from '#server/db/unique.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { fieldsOf } from './kinds.ts'
import type { Vault } from './vault.ts'

/** Stores a credential. From here on it can be replaced and used, never read. */
export async function createConnection(
  { scope, vault }: { scope: TenantScope; vault: Vault },
  { name, kind, hosts, fields }: { name: string; kind: string; hosts: string[]; fields: unknown },
) {
  const tenantId = scope.tenant.id
  const id = newId()
  const sealed = new Uint8Array(vault.seal({ tenantId, id }, fieldsOf(kind, fields)))
  await refuseDouble(
    () =>
      scope.inTenant((db) =>
        db.connection.create({ data: { tenantId, id, name, kind, hosts, sealed, createdBy: scope.actor } }),
      ),
    `There is already a connection called ${name}`,
  )
  return { id }
}

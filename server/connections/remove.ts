import { z } from 'zod'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchConnection } from './update.ts'

/** Deletes a credential, unless a published workflow would stop working: then `conflict` naming those. */
export async function removeConnection(scope: TenantScope, { id }: { id: string }) {
  const tenantId = scope.tenant.id
  await scope.inTenant(async (db) => {
    // Held: a workflow that is being published with it is seen below, or does not find it.
    await db.$queryRaw`select id from connection where tenant_id = ${tenantId} and id = ${id}::uuid for update`
    const users = await publishedUsers(db, { tenantId, id })
    if (users.length > 0)
      throw new AppError(
        'conflict',
        `Published workflows use this connection: ${users.map(({ name }) => `“${name}”`).join(', ')}`,
        { workflows: users },
      )
    const removed = await db.connection.deleteMany({ where: { tenantId, id } })
    if (removed.count === 0) throw noSuchConnection()
  })
}

async function publishedUsers(db: TenantDb, { tenantId, id }: { tenantId: string; id: string }) {
  const rows = await db.$queryRaw`
    select w.id, w.name from workflow w
    join workflow_version v
      on v.tenant_id = w.tenant_id and v.workflow_id = w.id and v.number = w.published_version
    where w.tenant_id = ${tenantId} and exists (
      select from json_array_elements(v.document->'nodes') node where node->>'connection' = ${id}
    )
    order by w.name limit 20`
  return z.array(z.object({ id: z.string(), name: z.string() })).parse(rows)
}

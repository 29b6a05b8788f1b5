import { z } from 'zod'
import { notFound } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

/** A file of the tenant; any other id is nothing here. */
export async function readFile(scope: TenantScope, { id }: { id: string }) {
  if (!z.uuid().safeParse(id).success) throw notFound()
  const file = await scope.inTenant((db) =>
    db.file.findUnique({ where: { tenantId_id: { tenantId: scope.tenant.id, id } } }),
  )
  if (!file) throw notFound()
  return { name: file.name, type: file.type, content: Buffer.from(file.content) }
}

import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchItem } from './read.ts'

/** Nobody finds or installs it any more. What was installed goes on; publishing it again brings it back. */
export async function withdrawItem(scope: TenantScope, { itemId }: { itemId: string }) {
  const withdrawn = await scope.inTenant((db) =>
    db.libraryItem.updateMany({
      where: { tenantId: scope.tenant.id, id: itemId },
      data: { withdrawnAt: new Date(), updatedAt: new Date() },
    }),
  )
  if (withdrawn.count === 0) throw noSuchItem()
}

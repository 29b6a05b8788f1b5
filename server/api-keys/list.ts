import type { AppClient } from '#server/db/open.ts'
import { inTenant } from '#server/db/tenant.ts'

export interface ListedKey {
  id: string
  name: string
  prefix: string
  scopes: string[]
  createdBy: string | null
  createdAt: Date
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

/** A tenant's keys, newest first; never the keys themselves. */
export async function listApiKeys(app: AppClient, tenantId: string): Promise<ListedKey[]> {
  return inTenant(app, tenantId, (db) =>
    db.apiKey.findMany({
      omit: { tenantId: true, hash: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    }),
  )
}

import type { TenantDb } from '#server/db/tenant.ts'

/**
 * Who is at work in which tenant, and the tenant's data. What every verb of a feature takes first; made only by
 * the API after it has checked membership, or for a key.
 */
export interface TenantScope {
  tenant: { id: string; slug: string }
  /** The user's id, or `key:` and the API key's: kept with what they make. */
  actor: string
  /** To be called once what starts its workflows has changed: it holds from then on, not some time later. */
  hooksChanged(): void
  /** One transaction that sees only this tenant. */
  inTenant<T>(work: (db: TenantDb) => Promise<T>): Promise<T>
}

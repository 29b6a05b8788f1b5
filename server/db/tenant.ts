import type { AppClient } from './open.ts'

type TransactionClient = Parameters<Parameters<AppClient['$transaction']>[0]>[0]

/** The database as one tenant sees it. People and memberships are behind server/tenants. */
export type TenantDb = Omit<
  TransactionClient,
  'user' | 'session' | 'account' | 'verification' | 'member' | 'invitation'
>

/**
 * Does the work in one transaction that sees and touches this tenant's rows only.
 * The way features reach a tenant's tables: without it the database shows none.
 */
export async function inTenant<T>(
  app: AppClient,
  tenantId: string,
  work: (db: TenantDb) => Promise<T>,
): Promise<T> {
  if (tenantId === '') throw new Error('A tenant is needed to reach its data')
  return app.$transaction(
    async (db) => {
      await db.$executeRaw`SELECT set_config('app.tenant', ${tenantId}, true)`
      return work(db)
    },
    { maxWait: 10_000, timeout: 20_000 },
  )
}

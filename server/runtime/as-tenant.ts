import type pg from 'pg'
import { patiently } from './patiently.ts'
import { inTransaction } from './transaction.ts'

type Work<T> = (db: pg.PoolClient) => Promise<T>

/**
 * What the engine may read of a tenant's own data it reads here: in one transaction with that tenant set. A database
 * that is away for a moment is waited for: a step must not fail of it.
 */
export async function asTenant<T>(pool: pg.Pool, tenantId: string, work: Work<T>): Promise<T> {
  return patiently(() => inTransaction(pool, withTenant(tenantId, work), 'BEGIN READ ONLY'))
}

/** As `asTenant`, for the few tables of a tenant's own that the engine writes. */
export async function writeAsTenant<T>(pool: pg.Pool, tenantId: string, work: Work<T>): Promise<T> {
  return inTransaction(pool, withTenant(tenantId, work))
}

const withTenant =
  <T>(tenantId: string, work: Work<T>): Work<T> =>
  async (db) => {
    await db.query(`SELECT set_config('app.tenant', $1, true)`, [tenantId])
    return work(db)
  }

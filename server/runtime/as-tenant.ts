import type pg from 'pg'

type Work<T> = (db: pg.PoolClient) => Promise<T>

/** What the engine may read of a tenant's own data it reads here: in one transaction with that tenant set. */
export async function asTenant<T>(pool: pg.Pool, tenantId: string, work: Work<T>): Promise<T> {
  return transaction(pool, { begin: 'BEGIN READ ONLY', tenantId, work })
}

/** As `asTenant`, for the few tables of a tenant's own that the engine writes. */
export async function writeAsTenant<T>(pool: pg.Pool, tenantId: string, work: Work<T>): Promise<T> {
  return transaction(pool, { begin: 'BEGIN', tenantId, work })
}

async function transaction<T>(
  pool: pg.Pool,
  { begin, tenantId, work }: { begin: string; tenantId: string; work: Work<T> },
): Promise<T> {
  const db = await pool.connect()
  try {
    await db.query(begin)
    await db.query(`SELECT set_config('app.tenant', $1, true)`, [tenantId])
    const result = await work(db)
    await db.query('COMMIT')
    db.release()
    return result
  } catch (error) {
    // The connection goes with the transaction: its tenant must not outlive it.
    db.release(true)
    throw error
  }
}

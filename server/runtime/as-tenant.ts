import type pg from 'pg'

/** What the engine may read of a tenant's own data it reads here: in one transaction with that tenant set. */
export async function asTenant<T>(
  pool: pg.Pool,
  tenantId: string,
  work: (db: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const db = await pool.connect()
  try {
    await db.query('BEGIN READ ONLY')
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

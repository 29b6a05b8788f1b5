import type pg from 'pg'

/**
 * Does the work in one transaction of its own. What goes wrong takes the connection with it: whatever it had set or
 * begun must not outlive it.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (db: pg.PoolClient) => Promise<T>,
  begin: 'BEGIN' | 'BEGIN READ ONLY' = 'BEGIN',
): Promise<T> {
  const db = await pool.connect()
  try {
    await db.query(begin)
    const result = await work(db)
    await db.query('COMMIT')
    db.release()
    return result
  } catch (error) {
    db.release(true)
    throw error
  }
}

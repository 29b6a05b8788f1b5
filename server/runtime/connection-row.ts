import type pg from 'pg'
import { fail } from '#nodes/kit/failure.ts'
import { asTenant } from './as-tenant.ts'
import type { ConnectionDoor, Which } from './connection-door.ts'

/** A stored connection, still sealed. */
export interface ConnectionRow {
  kind: string
  hosts: string[]
  sealed: Buffer
  status: string
  trouble: string | null
}

export async function readConnection(pool: pg.Pool, { tenantId, id }: Which): Promise<ConnectionRow> {
  const { rows } = await asTenant(pool, tenantId, (db) =>
    db.query<ConnectionRow>(
      'SELECT kind, hosts, sealed, status, trouble FROM connection WHERE tenant_id = $1 AND id = $2',
      [tenantId, id],
    ),
  )
  const row = rows[0]
  if (!row) throw fail('connection_missing', 'The connection of this step was deleted. Choose another one.')
  return row
}

/** Does the work with the connection's row held; nobody else changes it meanwhile. */
export async function withRow<T>(
  door: Pick<ConnectionDoor, 'pool'>,
  { tenantId, id }: Which,
  work: (db: pg.PoolClient, row: ConnectionRow) => Promise<T>,
): Promise<T> {
  const db = await door.pool.connect()
  try {
    await db.query('BEGIN')
    await db.query(`SELECT set_config('app.tenant', $1, true)`, [tenantId])
    const { rows } = await db.query<ConnectionRow>(
      `SELECT kind, hosts, sealed, status, trouble FROM connection WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
      [tenantId, id],
    )
    const row = rows[0]
    if (!row) throw fail('connection_missing', 'The connection of this step was deleted. Choose another one.')
    const result = await work(db, row)
    await db.query('COMMIT')
    db.release()
    return result
  } catch (error) {
    // The connection goes with the transaction: its tenant must not outlive it.
    db.release(true)
    throw error
  }
}

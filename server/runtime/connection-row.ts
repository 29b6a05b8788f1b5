import type pg from 'pg'
import { fail } from '#nodes/kit/failure.ts'
import { asTenant, writeAsTenant } from './as-tenant.ts'
import type { ConnectionDoor, Which } from './connection-door.ts'

/** A stored connection, still sealed. */
export interface ConnectionRow {
  kind: string
  hosts: string[]
  sealed: Buffer
  status: string
  trouble: string | null
}

const READ = 'SELECT kind, hosts, sealed, status, trouble FROM connection WHERE tenant_id = $1 AND id = $2'

export async function readConnection(pool: pg.Pool, { tenantId, id }: Which): Promise<ConnectionRow> {
  const { rows } = await asTenant(pool, tenantId, (db) => db.query<ConnectionRow>(READ, [tenantId, id]))
  return there(rows)
}

/** Does the work with the connection's row held; nobody else changes it meanwhile. */
export async function withRow<T>(
  door: Pick<ConnectionDoor, 'pool'>,
  { tenantId, id }: Which,
  work: (db: pg.PoolClient, row: ConnectionRow) => Promise<T>,
): Promise<T> {
  return writeAsTenant(door.pool, tenantId, async (db) => {
    const { rows } = await db.query<ConnectionRow>(`${READ} FOR UPDATE`, [tenantId, id])
    return work(db, there(rows))
  })
}

function there([row]: readonly ConnectionRow[]): ConnectionRow {
  if (!row) throw fail('connection_missing', 'The connection of this step was deleted. Choose another one.')
  return row
}

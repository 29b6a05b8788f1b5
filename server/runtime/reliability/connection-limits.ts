import type pg from 'pg'
import { ConnectionLimits } from '#nodes/kit/reliability.ts'
import { asTenant } from '../as-tenant.ts'
import type { ConnectionDoor, Which } from '../connection-door.ts'

/** What is known of a connection's limits; what changes is known everywhere after this long. */
const KEPT_MS = 10_000
const MOST_KEPT = 10_000

export type FindLimits = (which: Which) => ConnectionLimits | Promise<ConnectionLimits>

/** A connection's own limits, and its kind's where it has none. Mostly known without asking. */
export function createConnectionLimits(about: {
  pool: pg.Pool
  findConnection: ConnectionDoor['findConnection']
}): FindLimits {
  const kept = new Map<string, { limits: ConnectionLimits; until: number }>()

  async function read({ tenantId, id }: Which): Promise<ConnectionLimits> {
    const { rows } = await asTenant(about.pool, tenantId, (db) =>
      db.query<{ kind: string; limits: unknown }>(
        'SELECT kind, limits FROM connection WHERE tenant_id = $1 AND id = $2',
        [tenantId, id],
      ),
    )
    const row = rows[0]
    const kind = about.findConnection(row?.kind ?? '')
    const limits = { ...kind?.limits, ...ConnectionLimits.parse(row?.limits ?? {}) }
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(`${tenantId} ${id}`, { limits, until: performance.now() + KEPT_MS })
    return limits
  }

  return (which) => {
    const before = kept.get(`${which.tenantId} ${which.id}`)
    return before && before.until > performance.now() ? before.limits : read(which)
  }
}

import type pg from 'pg'
import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import { fail } from '#nodes/kit/failure.ts'
import type { Http, HttpReply } from '#nodes/kit/http.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { EgressRequest } from '#server/egress/client.ts'
import { asTenant } from './as-tenant.ts'

/** The guarded way out to the network (server/egress). */
export interface Egress {
  request(request: EgressRequest): Promise<HttpReply>
}

/** Opens the fields of a stored connection (server/connections). */
export interface OpensConnections {
  open(owner: { tenantId: string; id: string }, sealed: Uint8Array): Json
}

export interface ConnectionDoor {
  pool: pg.Pool
  egress: Egress
  vault: OpensConnections
  findConnection: (kind: string) => AnyConnection | undefined
}

interface Row {
  kind: string
  hosts: string[]
  sealed: Buffer
}

/** `ctx.http` of one step. A secret is opened when the request goes out to a host it may be sent to, and not before. */
export function stepHttp(
  door: ConnectionDoor,
  step: { tenantId: string; connection?: string; kinds: readonly string[]; signal: AbortSignal },
): Http {
  return async (request) => {
    const { signal, tenantId, connection } = step
    if (!connection) return door.egress.request({ ...request, signal })
    const row = await readConnection(door.pool, { tenantId, id: connection })
    const definition = door.findConnection(row.kind)
    if (!definition || !step.kinds.includes(row.kind))
      throw fail('connection_wrong_kind', 'The connection of this step is of a kind it cannot use')
    return door.egress.request({
      ...request,
      signal,
      connection: {
        hosts: row.hosts,
        attach: (plain) =>
          definition.attach(door.vault.open({ tenantId, id: connection }, row.sealed), plain),
      },
    })
  }
}

async function readConnection(
  pool: pg.Pool,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<Row> {
  const { rows } = await asTenant(pool, tenantId, (db) =>
    db.query<Row>('SELECT kind, hosts, sealed FROM connection WHERE tenant_id = $1 AND id = $2', [
      tenantId,
      id,
    ]),
  )
  const row = rows[0]
  if (!row) throw fail('connection_missing', 'The connection of this step was deleted. Choose another one.')
  return row
}

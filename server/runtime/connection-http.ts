import type pg from 'pg'
import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import type { Http, HttpReply, HttpRequest } from '#nodes/kit/http.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { EgressRequest } from '#server/egress/client.ts'
import { asTenant } from './as-tenant.ts'
import { type Mask, maskOf, withoutCutEnd } from './mask.ts'
import { secretsIn } from './secrets-in.ts'

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
    const secrets: string[] = []
    const attach = (plain: HttpRequest) => {
      const fields = door.vault.open({ tenantId, id: connection }, row.sealed)
      const attached = definition.attach(fields, plain)
      secrets.push(...secretsIn({ definition, fields, plain, attached }))
      return attached
    }
    try {
      const reply = await door.egress.request({
        ...request,
        signal,
        connection: { hosts: row.hosts, attach },
      })
      return withoutSecrets(reply, maskOf(secrets))
    } catch (error) {
      if (error instanceof StepFailure) throw hushed(error, secrets)
      throw error
    }
  }
}

/** A server may repeat what it was sent: the node gets an answer in which no secret is left. */
function withoutSecrets({ status, headers, body }: HttpReply, mask: Mask): HttpReply {
  const clean = Object.entries(headers).map(([name, value]) => [name, mask(value)] as const)
  return { status, headers: Object.fromEntries(clean), body: mask(body) }
}

function hushed({ failure }: StepFailure, secrets: readonly string[]): StepFailure {
  const message = withoutCutEnd(maskOf(secrets)(failure.message), secrets)
  return new StepFailure({ ...failure, message })
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

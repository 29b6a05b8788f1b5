import type pg from 'pg'
import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import type { HttpReply } from '#nodes/kit/http.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Connects } from '#server/drivers/opens-sockets.ts'
import type { EgressRequest } from '#server/egress/client.ts'
import type { StreamedReply } from '#server/egress/stream.ts'

/** The guarded way out to the network (server/egress). */
export interface Egress {
  request(request: EgressRequest): Promise<HttpReply>
  /** For replies that are read while they are written (server/models). */
  stream?(request: EgressRequest): Promise<StreamedReply>
  /** For what is not HTTP (server/drivers). */
  connect?: Connects
}

/** Opens the fields of a stored connection, and seals new tokens beside them (server/connections). */
export interface OpensConnections {
  open(owner: { tenantId: string; id: string }, sealed: Uint8Array): Json
  seal(owner: { tenantId: string; id: string }, fields: Json): Buffer
}

/** What opens connections and reaches what they are for. */
export interface ConnectionDoor {
  pool: pg.Pool
  egress: Egress
  vault: OpensConnections
  findConnection: (kind: string) => AnyConnection | undefined
}

/** One connection of one tenant. */
export interface Which {
  tenantId: string
  id: string
}

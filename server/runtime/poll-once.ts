import { z } from 'zod'
import type { Polled } from '#nodes/kit/define-node.ts'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import { asTenant } from './as-tenant.ts'
import type { ConnectionDoor } from './connection-door.ts'
import { stepHttp } from './connection-http.ts'
import type { FindDefinition } from './prepare.ts'

/** A polling trigger whose time has come. */
export interface DuePoll {
  tenantId: string
  id: string
  workflowId: string
  version: number
  nodeKey: string
  everyMs: number
  cursor: Json
  failures: number
  /** Ours until then. */
  lease: Date
}

export const POLL_MS = 60_000
const MOST_FOUND = 1_000

const Node = z.object({
  type: z.string(),
  version: z.number(),
  params: z.record(z.string(), z.unknown()),
  connection: z.string().optional(),
})

/** Asks a service once what is new, with the trigger's connection. Throws what the trigger throws. */
export async function pollOnce(
  about: { door: ConnectionDoor; find: FindDefinition; signal: AbortSignal },
  poll: DuePoll,
): Promise<Polled> {
  const { door, find, signal } = about
  const node = Node.parse(await nodeOf(door, poll))
  const definition = find(node.type, node.version)
  if (definition?.role !== 'trigger' || !definition.poll)
    throw fail('unknown_node', `There is no polling trigger ${node.type} here.`)
  const either = AbortSignal.any([signal, AbortSignal.timeout(POLL_MS)])
  const { tenantId } = poll
  const kinds = definition.connection?.kinds ?? []
  const polled = await definition.poll({
    params: definition.params.parse(node.params),
    http: stepHttp(door, { tenantId, connection: node.connection, kinds, signal: either }),
    cursor: poll.cursor,
    nowMs: Date.now(),
    signal: either,
  })
  if (polled.found.length > MOST_FOUND)
    throw fail('too_many_found', `It found more than ${MOST_FOUND} at once. Look more often, or for less.`)
  return polled
}

async function nodeOf(door: ConnectionDoor, poll: DuePoll): Promise<unknown> {
  const { rows } = await asTenant(door.pool, poll.tenantId, (db) =>
    db.query<{ node: unknown }>(
      `SELECT node FROM workflow_version v
       CROSS JOIN LATERAL json_array_elements(v.document->'nodes') AS node
       WHERE v.tenant_id = $1 AND v.workflow_id = $2 AND v.number = $3 AND node->>'key' = $4`,
      [poll.tenantId, poll.workflowId, poll.version, poll.nodeKey],
    ),
  )
  const [row] = rows
  if (!row) throw fail('workflow_gone', 'The workflow of this trigger was deleted')
  return row.node
}

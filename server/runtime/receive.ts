import type pg from 'pg'
import { z } from 'zod'
import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import type { AnyTrigger, Delivery, Received } from '#nodes/kit/define-node.ts'
import { fail } from '#nodes/kit/failure.ts'
import { isJsonObject, type JsonObject } from '#nodes/kit/json.ts'
import { readSecrets } from '#server/oauth/sealed.ts'
import { asTenant } from './as-tenant.ts'
import type { OpensConnections } from './connection-http.ts'
import type { FindDefinition } from './prepare.ts'

/** The trigger of a published version that a delivery came for. */
export interface TriggerRef {
  tenantId: string
  workflowId: string
  version: number
  nodeKey: string
}

export type RawDelivery = Omit<Delivery<unknown>, 'params' | 'fields' | 'nowMs'>

interface ReceiveAbout {
  pool: pg.Pool
  vault: OpensConnections
  find: FindDefinition
  findConnection: (kind: string) => AnyConnection | undefined
}

const Node = z.object({
  type: z.string(),
  version: z.number(),
  params: z.record(z.string(), z.unknown()),
  connection: z.string().optional(),
})

interface Row {
  node: unknown
  id: string | null
  kind: string | null
  sealed: Buffer | null
}

/**
 * Lets a trigger look at a delivery with the fields of its connection in hand, so that nobody else has to see them.
 * Throws what the trigger throws (`bad_signature`), and `connection_…` when there is nothing to check it with.
 */
export function createReceive(about: ReceiveAbout) {
  return async (trigger: TriggerRef, delivery: RawDelivery): Promise<Received> => {
    const row = await read(about.pool, trigger)
    const node = Node.parse(row.node)
    const definition = about.find(node.type, node.version)
    if (definition?.role !== 'trigger' || !definition.receive)
      throw fail('unknown_node', `There is no event trigger ${node.type} here.`)
    const fields = fieldsOf(about, { trigger, definition, row })
    const params = definition.params.parse(node.params)
    return definition.receive({ ...delivery, params, fields, nowMs: Date.now() })
  }
}

/** No connection, no verifier, no delivery (decision D-15). */
function fieldsOf(
  { vault, findConnection }: ReceiveAbout,
  { trigger, definition, row }: { trigger: TriggerRef; definition: AnyTrigger; row: Row },
): JsonObject {
  if (!row.id || !row.kind || !row.sealed)
    throw fail('connection_missing', 'The connection of this trigger was deleted. Choose another one.')
  const kind = findConnection(row.kind)
  if (!kind || !definition.connection?.kinds.includes(row.kind))
    throw fail('connection_wrong_kind', 'The connection of this trigger is of a kind it cannot use')
  const { fields } = readSecrets(kind, vault.open({ tenantId: trigger.tenantId, id: row.id }, row.sealed))
  if (!isJsonObject(fields)) throw fail('connection_unreadable', 'The connection of this trigger is empty')
  return fields
}

async function read(pool: pg.Pool, { tenantId, workflowId, version, nodeKey }: TriggerRef): Promise<Row> {
  const { rows } = await asTenant(pool, tenantId, (db) =>
    db.query<Row>(
      `SELECT node, c.id, c.kind, c.sealed
       FROM workflow_version v
       CROSS JOIN LATERAL json_array_elements(v.document->'nodes') AS node
       LEFT JOIN connection c ON c.tenant_id = v.tenant_id AND c.id::text = node->>'connection'
       WHERE v.tenant_id = $1 AND v.workflow_id = $2 AND v.number = $3 AND node->>'key' = $4`,
      [tenantId, workflowId, version, nodeKey],
    ),
  )
  const row = rows[0]
  if (!row) throw fail('workflow_gone', 'The workflow of this trigger was deleted')
  return row
}

import type pg from 'pg'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { fail } from '#nodes/kit/failure.ts'
import { asTenant } from './as-tenant.ts'
import type { FindDefinition } from './prepare.ts'

/** A workflow that another may call: its published version, and the trigger that takes calls. */
export interface Callee {
  name: string
  version: number
  trigger: string
}

interface Row {
  name: string
  version: number | null
  paused: boolean
  document: unknown
}

/** How deep workflows may call each other. */
export const MOST_DEPTH = 10

/** Finds what a step calls, of its own tenant. Throws a `StepFailure` that says what to do. */
export async function findCallee(
  { pool, find }: { pool: pg.Pool; find: FindDefinition },
  { tenantId, workflowId }: { tenantId: string; workflowId: string },
): Promise<Callee> {
  const { rows } = await asTenant(pool, tenantId, (db) =>
    db.query<Row>(
      `SELECT w.name, w.published_version AS version, w.paused_at IS NOT NULL AS paused, v.document
       FROM workflow w
       LEFT JOIN workflow_version v
         ON v.tenant_id = w.tenant_id AND v.workflow_id = w.id AND v.number = w.published_version
       WHERE w.tenant_id = $1 AND w.id = $2`,
      [tenantId, workflowId],
    ),
  )
  const row = rows[0]
  if (!row) throw fail('workflow_missing', 'The workflow to call was deleted. Choose another one.')
  if (row.version === null) throw fail('workflow_not_published', `Publish ${row.name} before it is called.`)
  if (row.paused) throw fail('workflow_paused', `${row.name} is paused. Resume it before it is called.`)
  const { nodes } = WorkflowDocument.parse(row.document)
  const trigger = nodes.find(({ type, version }) => {
    const definition = find(type, version)
    return definition?.role === 'trigger' && definition.starts === 'call'
  })
  if (!trigger)
    throw fail('workflow_not_callable', `${row.name} has no trigger “When called”. Add one and publish it.`)
  return { name: row.name, version: row.version, trigger: trigger.key }
}

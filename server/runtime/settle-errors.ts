import type pg from 'pg'
import { z } from 'zod'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { insertRuns } from './accept.ts'
import { asTenant } from './as-tenant.ts'
import type { RunRef } from './new-run.ts'
import { isRefusal } from './refusal.ts'
import type { FailedRun } from './settle-alerts.ts'
import { withSettingsAnyway } from './with-settings.ts'

/** A published workflow’s trigger on failures of others. */
interface ErrorTrigger {
  workflowId: string
  version: number
  nodeKey: string
  /** Of which workflows; null: of any. */
  of: readonly string[] | null
}

const MOST_KEPT = 5_000

/** Versions never change, so what each of them wants is read once. */
export function createErrorTriggers(pool: pg.Pool) {
  const known = new Map<string, ErrorTrigger[]>()

  async function read(tenantId: string): Promise<ErrorTrigger[]> {
    return asTenant(pool, tenantId, async (db) => {
      const published = await db.query<{ id: string; version: number }>(
        'SELECT id, published_version AS version FROM workflow WHERE tenant_id = $1 AND published_version IS NOT NULL',
        [tenantId],
      )
      const missing = published.rows.filter(({ id, version }) => !known.has(`${id} ${version}`))
      if (missing.length > 0) await learn(db, { tenantId, missing })
      return published.rows.flatMap(({ id, version }) => known.get(`${id} ${version}`) ?? [])
    })
  }

  async function learn(
    db: pg.PoolClient,
    about: { tenantId: string; missing: { id: string; version: number }[] },
  ) {
    const { tenantId, missing } = about
    if (known.size + missing.length > MOST_KEPT) known.clear()
    for (const { id, version } of missing) known.set(`${id} ${version}`, [])
    const { rows } = await db.query<{ id: string; version: number; document: unknown }>(
      `SELECT v.workflow_id AS id, v.number AS version, v.document FROM workflow_version v
       JOIN unnest($2::uuid[], $3::int[]) AS g(id, version) ON g.id = v.workflow_id AND g.version = v.number
       WHERE v.tenant_id = $1 AND v.document::text LIKE '%"trigger.error"%'`,
      [tenantId, missing.map(({ id }) => id), missing.map(({ version }) => version)],
    )
    for (const { id, version, document } of rows)
      known.set(`${id} ${version}`, triggersIn(document, { workflowId: id, version }))
  }

  return read
}

const Params = z
  .object({ workflows: z.array(z.string()) })
  .partial()
  .catch({})

function triggersIn(stored: unknown, of: { workflowId: string; version: number }): ErrorTrigger[] {
  const document = WorkflowDocument.safeParse(stored)
  return (document.data?.nodes ?? []).flatMap((node): ErrorTrigger[] => {
    if (node.type !== 'trigger.error') return []
    const { workflows = [] } = Params.parse(node.params)
    return [{ ...of, nodeKey: node.key, of: workflows.length > 0 ? workflows : null }]
  })
}

// Whoever is among those that led to it: a failure of an error workflow, or of what that called, starts none.
const AFTER_ERROR = `
WITH RECURSIVE line AS (
  SELECT tenant_id, parent_run_id, started_by, 1 AS steps FROM run WHERE tenant_id = $1 AND id = $2
  UNION ALL
  SELECT r.tenant_id, r.parent_run_id, r.started_by, line.steps + 1
  FROM line JOIN run r ON r.tenant_id = line.tenant_id AND r.id = line.parent_run_id
  WHERE line.steps < 50
)
SELECT FROM line WHERE started_by = 'error' LIMIT 1`

/** Starts the workflows that want to hear of a failure: each once for each failed run. */
export async function startErrorRuns(
  db: pg.PoolClient,
  about: FailedRun & { pool: pg.Pool; startedBy: string; triggers: readonly ErrorTrigger[] },
): Promise<RunRef[]> {
  const { tenantId, runId, workflow, failure, startedBy } = about
  const wanting = about.triggers.filter(
    ({ workflowId, of }) => workflowId !== workflow.id && (of === null || of.includes(workflow.id)),
  )
  if (wanting.length === 0) return []
  const { rowCount } = await db.query(AFTER_ERROR, [tenantId, runId])
  if (rowCount) return []
  const started: RunRef[] = []
  for (const { workflowId, version, nodeKey } of wanting) {
    const run = await withSettingsAnyway(about.pool, {
      tenantId,
      workflowId,
      version,
      triggerKey: nodeKey,
      startedBy: 'error',
      input: { workflow, run: { id: runId, startedBy }, failure },
      dedupeKey: `error ${runId} ${nodeKey}`,
      parent: { runId, depth: 0 },
    })
    await db.query('SAVEPOINT error_run')
    try {
      const [accepted] = await insertRuns(db, [run])
      if (accepted?.fresh) started.push({ tenantId, runId: accepted.runId })
    } catch (error) {
      if (!isRefusal(error)) throw error
      // It was deleted since it was looked up.
      await db.query('ROLLBACK TO SAVEPOINT error_run')
    }
  }
  return started
}

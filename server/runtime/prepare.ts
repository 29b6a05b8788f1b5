import type pg from 'pg'
import { WorkflowDocument, type WorkflowSettings } from '#nodes/graph/document.ts'
import { type Expression, parse } from '#nodes/graph/expression/parse.ts'
import { type Graph, toGraph } from '#nodes/graph/graph.ts'
import type { RunFacts } from '#nodes/graph/scope.ts'
import type { AnyNode } from '#nodes/kit/define-node.ts'
import { fail } from '#nodes/kit/failure.ts'
import { noRetry, retryPolicy } from '#nodes/kit/reliability.ts'
import { type Plan, planOf, type Traits } from '#server/engine/plan.ts'
import { asTenant } from './as-tenant.ts'
import type { ClaimedRun } from './claim.ts'

/** Finds the code of a node. */
export type FindDefinition = (type: string, version: number) => AnyNode | undefined

/** A workflow ready to be walked. */
export interface Prepared {
  graph: Graph
  plan: Plan
  settings: WorkflowSettings
  workflow: RunFacts['workflow']
  tenant: RunFacts['tenant']
  parse(source: string): Expression
}

const KEPT = 500
const KEPT_MS = 60_000

interface Row {
  document: unknown
  workflow: string
  tenant: string
  slug: string
}

/** Reads workflows and keeps the published ones, which never change, for a while (their names do change). */
export function createPrepare(about: { pool: pg.Pool; find: FindDefinition }) {
  const kept = new Map<string, { prepared: Prepared; until: number }>()

  return async function prepare(run: ClaimedRun): Promise<Prepared> {
    const name = `${run.tenantId} ${run.workflowId} ${run.version}`
    const before = run.version === null ? undefined : kept.get(name)
    if (before && before.until > Date.now()) return before.prepared
    const row = await read(about.pool, run)
    const prepared = fresh(run, row)
    if (run.version !== null) {
      kept.delete(name)
      kept.set(name, { prepared, until: Date.now() + KEPT_MS })
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    }
    return prepared
  }

  function fresh(run: ClaimedRun, row: Row): Prepared {
    const document = run.document ?? WorkflowDocument.parse(row.document)
    const graph = toGraph(document)
    return {
      graph,
      settings: document.settings ?? {},
      plan: planned(graph),
      workflow: { id: run.workflowId, name: row.workflow, version: run.version },
      tenant: { id: run.tenantId, name: row.tenant, slug: row.slug },
      parse: remember(parse),
    }
  }

  function planned(graph: Graph): Plan {
    try {
      return planOf(graph, ({ type, version, reliability }) => {
        const traits = traitsOf(about.find(type, version))
        return { ...traits, retry: retryPolicy(traits.retry, reliability) }
      })
    } catch (error) {
      throw fail('invalid_workflow', error instanceof Error ? error.message : 'The workflow cannot be run')
    }
  }
}

function traitsOf(definition: AnyNode | undefined): Traits {
  const retry = definition?.role === 'step' ? (definition.retry ?? noRetry) : noRetry
  return { frame: definition?.role === 'frame', retry }
}

async function read(pool: pg.Pool, { tenantId, workflowId, version }: ClaimedRun): Promise<Row> {
  const { rows } = await asTenant(pool, tenantId, (db) =>
    db.query<Row>(
      `SELECT v.document, w.name AS workflow, t.name AS tenant, t.slug
       FROM workflow w JOIN tenant t ON t.id = w.tenant_id
       LEFT JOIN workflow_version v ON v.tenant_id = w.tenant_id AND v.workflow_id = w.id AND v.number = $3
       WHERE w.tenant_id = $1 AND w.id = $2`,
      [tenantId, workflowId, version],
    ),
  )
  const row = rows[0]
  if (!row) throw fail('workflow_gone', 'The workflow of this run was deleted')
  return row
}

function remember<T>(make: (source: string) => T): (source: string) => T {
  const made = new Map<string, T>()
  return (source) => {
    const before = made.get(source)
    if (before !== undefined) return before
    const now = make(source)
    made.set(source, now)
    return now
  }
}

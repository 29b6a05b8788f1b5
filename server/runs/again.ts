import { WorkflowDocument } from '#nodes/graph/document.ts'
import { decodeJson } from '#server/db/json.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchRun } from './read.ts'

/** A new run of the same document with the same input. */
export async function runAgain(
  { scope, runtime }: { scope: TenantScope; runtime: Runtime },
  { id, startedBy }: { id: string; startedBy: 'manual' | 'api' },
) {
  const tenantId = scope.tenant.id
  const run = await scope.inTenant((db) => db.run.findUnique({ where: { tenantId_id: { tenantId, id } } }))
  if (!run) throw noSuchRun()
  const { runId } = await runtime.accept({
    tenantId,
    workflowId: run.workflowId,
    version: run.version,
    ...(run.version === null ? { document: WorkflowDocument.parse(run.document) } : {}),
    triggerKey: run.triggerKey,
    startedBy,
    input: decodeJson(run.input),
    actor: scope.actor,
  })
  return { runId }
}

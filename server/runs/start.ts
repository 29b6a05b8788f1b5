import { findInfo } from '#nodes/catalog-info.ts'
import { check } from '#nodes/graph/check.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { Json } from '#nodes/kit/json.ts'
import { AppError } from '#server/errors.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { triggerFor } from './trigger-for.ts'

export interface RunRequest {
  workflowId: string
  source: 'draft' | 'published'
  /** Key of the trigger node it starts at; the one made for it when absent. */
  trigger?: string
  input: Json
  startedBy: 'manual' | 'api'
  /** A second start with the same key gives the run of the first. */
  dedupeKey?: string
  dedupeHash?: string
  /** In place of the one that the workflow's settings compute. */
  orderingKey?: string
}

/** Starts a run of the draft as it is now, or of the published version. */
export async function startRun(
  { scope, runtime }: { scope: TenantScope; runtime: Runtime },
  { workflowId, source, trigger, ...request }: RunRequest,
) {
  const { version, document } = await loadFor(scope, { workflowId, source })
  const triggerKey = triggerFor(document, trigger)
  const { runId } = await runtime.accept({
    tenantId: scope.tenant.id,
    workflowId,
    version,
    // A published version is already stored; only a draft's run carries its own copy.
    ...(version === null ? { document } : {}),
    triggerKey,
    actor: scope.actor,
    ...request,
  })
  return { runId }
}

async function loadFor(
  scope: TenantScope,
  { workflowId, source }: { workflowId: string; source: RunRequest['source'] },
): Promise<{ version: number | null; document: WorkflowDocument }> {
  const tenantId = scope.tenant.id
  return scope.inTenant(async (db) => {
    const workflow = await db.workflow.findUnique({ where: { tenantId_id: { tenantId, id: workflowId } } })
    if (!workflow) throw new AppError('not_found', 'There is no such workflow')
    if (source === 'draft') {
      const document = WorkflowDocument.parse(workflow.draft)
      refuseProblems(document)
      return { version: null, document }
    }
    const version = workflow.publishedVersion
    if (version === null)
      throw new AppError('conflict', 'This workflow is not published; publish it, or run the draft')
    const stored = await db.workflowVersion.findUniqueOrThrow({
      where: { tenantId_workflowId_number: { tenantId, workflowId, number: version } },
    })
    return { version, document: WorkflowDocument.parse(stored.document) }
  })
}

/** A draft that could not be published is not run either: it would fail in less clear ways. */
function refuseProblems(document: WorkflowDocument) {
  const problems = check(document, findInfo)
  if (problems.some(({ severity }) => severity === 'error'))
    throw new AppError('invalid', 'The draft has problems that must be solved before it runs', { problems })
}

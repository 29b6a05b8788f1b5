import { WorkflowDocument } from '#nodes/graph/document.ts'
import { decodeJson } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { failureFrom } from './list.ts'
import { RunStatus, StartedBy } from './status.ts'

export function noSuchRun() {
  return new AppError('not_found', 'There is no such run')
}

/** A run with its input and outcome, and the very document it walks. */
export async function readRun(scope: TenantScope, { id }: { id: string }) {
  const tenantId = scope.tenant.id
  const { run, document } = await scope.inTenant(async (db) => {
    const run = await db.run.findUnique({
      where: { tenantId_id: { tenantId, id } },
      include: { workflow: { select: { id: true, name: true } } },
    })
    if (!run) throw noSuchRun()
    if (run.version === null) return { run, document: run.document }
    const version = await db.workflowVersion.findUniqueOrThrow({
      where: {
        tenantId_workflowId_number: { tenantId, workflowId: run.workflowId, number: run.version },
      },
    })
    return { run, document: version.document }
  })
  return {
    run: {
      id: run.id,
      workflowId: run.workflowId,
      version: run.version,
      status: RunStatus.parse(run.status),
      startedBy: StartedBy.parse(run.startedBy),
      triggerKey: run.triggerKey,
      input: decodeJson(run.input),
      output: run.output === null ? null : decodeJson(run.output),
      failure: failureFrom(run.failure),
      failureKey: run.failureKey,
      costUsd: run.costUsd.toNumber(),
      inputTokens: Number(run.inputTokens),
      outputTokens: Number(run.outputTokens),
      parentRunId: run.parentRunId,
      /** The past run it repeats, and the step it begins at. */
      replayOf: run.replayOf,
      replayFrom: run.replayFrom,
      cancelReason: run.cancelReason,
      lastSeq: run.lastSeq,
      createdAt: run.createdAt.toISOString(),
      startedAt: run.startedAt?.toISOString() ?? null,
      finishedAt: run.finishedAt?.toISOString() ?? null,
    },
    workflow: run.workflow,
    document: WorkflowDocument.parse(document),
  }
}

/** `not_found` unless the tenant has this run. */
export async function requireRun(scope: TenantScope, { id }: { id: string }) {
  const run = await scope.inTenant((db) =>
    db.run.findUnique({
      where: { tenantId_id: { tenantId: scope.tenant.id, id } },
      select: { id: true, status: true, lastSeq: true },
    }),
  )
  if (!run) throw noSuchRun()
  return run
}

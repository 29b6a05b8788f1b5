import { WorkflowDocument } from '#nodes/graph/document.ts'
import { decodeJson } from '#server/db/json.ts'
import { AppError } from '#server/errors.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchRun } from './read.ts'
import { hasEnded, RunStatus } from './status.ts'

interface Again {
  id: string
  startedBy: 'manual' | 'api'
  /** Asking twice with the same key gives the same run. */
  dedupeKey?: string
}

/** A new run of the same document with the same input. */
export async function runAgain(parts: { scope: TenantScope; runtime: Runtime }, { id, ...again }: Again) {
  return startAgain(parts, { run: await load(parts.scope, id), ...again })
}

/** The same for a run that failed or was cancelled; the new run remembers which it makes up for. */
export async function retryRun(parts: { scope: TenantScope; runtime: Runtime }, { id, ...again }: Again) {
  const run = await load(parts.scope, id)
  const status = RunStatus.parse(run.status)
  if (!hasEnded(status) || status === 'succeeded')
    throw new AppError(
      'conflict',
      status === 'succeeded' ? 'This run succeeded; run it again instead' : 'This run has not ended yet',
      { status },
    )
  return startAgain(parts, { run, parent: { runId: run.id, depth: run.depth }, ...again })
}

type Loaded = Awaited<ReturnType<typeof load>>

async function load(scope: TenantScope, id: string) {
  const tenantId = scope.tenant.id
  const run = await scope.inTenant((db) => db.run.findUnique({ where: { tenantId_id: { tenantId, id } } }))
  if (!run) throw noSuchRun()
  return run
}

async function startAgain(
  { scope, runtime }: { scope: TenantScope; runtime: Runtime },
  about: Omit<Again, 'id'> & { run: Loaded; parent?: { runId: string; depth: number } },
) {
  const { run, ...rest } = about
  const { runId } = await runtime.accept({
    tenantId: scope.tenant.id,
    workflowId: run.workflowId,
    version: run.version,
    ...(run.version === null ? { document: WorkflowDocument.parse(run.document) } : {}),
    triggerKey: run.triggerKey,
    input: decodeJson(run.input),
    actor: scope.actor,
    ...rest,
  })
  return { runId }
}

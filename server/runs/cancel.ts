import { AppError } from '#server/errors.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { requireRun } from './read.ts'

/** Asks a run to stop. Its steps get the signal; it ends as cancelled soon after. */
export async function cancelRun(
  { scope, runtime }: { scope: TenantScope; runtime: Runtime },
  { id, reason }: { id: string; reason?: string },
) {
  const run = await requireRun(scope, { id })
  const cancelled = await runtime.cancel({
    tenantId: scope.tenant.id,
    runId: id,
    reason: reason ?? 'Cancelled by a member',
  })
  if (!cancelled) throw new AppError('conflict', 'This run has already ended', { status: run.status })
}

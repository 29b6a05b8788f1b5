import type { Runtime } from '#server/runtime/runtime.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { readRun } from './read.ts'

/** Waits for a run to end or to answer, at most so long; then tells what is known of it. */
export async function outcomeOf(
  { scope, runtime }: { scope: TenantScope; runtime: Runtime },
  { id, waitMs, signal }: { id: string; waitMs: number; signal?: AbortSignal },
) {
  if (waitMs > 0) await runtime.result({ tenantId: scope.tenant.id, runId: id, waitMs, signal })
  const { run } = await readRun(scope, { id })
  return { runId: id, status: run.status, output: run.output, failure: run.failure }
}

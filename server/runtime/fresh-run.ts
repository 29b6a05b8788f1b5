import { newId } from '#server/db/id.ts'
import type { ClaimedRun } from './claim.ts'
import type { NewRun } from './new-run.ts'

/** A run that begins in the hands of the worker that takes it in, as if it had been claimed. */
export function freshRun(run: NewRun, clockOffsetMs: number): ClaimedRun {
  const { tenantId, workflowId, version, document, startedBy, parent } = run
  return {
    tenantId,
    runId: newId(),
    token: 1,
    workflowId,
    version,
    document: document ?? null,
    startedBy,
    startedAt: new Date(Date.now() + clockOffsetMs),
    cancelReason: null,
    lastSeq: 0,
    depth: parent?.depth ?? 0,
    deadlineAt: run.deadlineAt ?? parent?.deadlineAt ?? null,
    isAwaited: parent?.task !== undefined,
    reason: 'queued',
    clockOffsetMs,
  }
}

import type { WorkflowDocument } from '#nodes/graph/document.ts'
import type { ResponseToCaller } from '#nodes/kit/define-node.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { RunEvent } from '#server/engine/history.ts'

export const startedBy = [
  'manual',
  'webhook',
  'schedule',
  'api',
  'event',
  'poll',
  'chat',
  'form',
  'call',
  'error',
] as const
export type StartedBy = (typeof startedBy)[number]
export type RunStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled'

/** A run to accept: of a published version, or of a draft, which it takes along as `document`. */
export interface NewRun {
  tenantId: string
  workflowId: string
  version: number | null
  document?: WorkflowDocument
  triggerKey: string
  startedBy: StartedBy
  /** The value of `trigger` in expressions. */
  input: Json
  /** At most one run of the workflow for each key. */
  dedupeKey?: string
  /** SHA-256 (hex) of what came with a caller's own key: the same key with something else is refused. */
  dedupeHash?: string
  /** Runs of the workflow with the same one go one after another. */
  orderingKey?: string
  /** It fails when it has not ended by then; never later than its parent. */
  deadlineAt?: Date
  /** It stays in line until then. */
  notBefore?: Date
  /** The member or API key behind it. */
  actor?: string
  /** The run that called it, or whose failure it is about; `task` when that one waits for the outcome. */
  parent?: { runId: string; task?: string; depth: number; deadlineAt?: Date | null }
  /** It repeats a past run from a step on. `events` follow `run.started` in its history, in the same write. */
  replay?: { of: string; from: string; events: readonly RunEvent[] }
}

export interface RunRef {
  tenantId: string
  runId: string
}

/** How a run ended, or what it answered its caller before that. */
export interface RunResult {
  status: 'succeeded' | 'failed' | 'cancelled' | 'responded'
  output?: Json
  failure?: Failure & { step?: string }
  response?: ResponseToCaller
}

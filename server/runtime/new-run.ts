import type { WorkflowDocument } from '#nodes/graph/document.ts'
import type { ResponseToCaller } from '#nodes/kit/define-node.ts'
import type { Failure } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'

export type StartedBy = 'manual' | 'webhook' | 'schedule' | 'api'
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
  /** The member or API key behind it. */
  actor?: string
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

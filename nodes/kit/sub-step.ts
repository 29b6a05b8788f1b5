import type { Effect } from './define-node.ts'
import type { Json } from './json.ts'
import type { Usage } from './model.ts'

/** A piece of a step that is recorded by itself: once it is done it is not done, nor paid for, again. */
export interface SubStep {
  /** Unique in its step and the same on every attempt: `model[0]`, `tool[0].lookup`. */
  name: string
  kind: 'model' | 'tool' | 'other'
  /** What the run's page calls it. */
  title: string
  /** What it was asked; shown in the run. */
  input?: Json
  /** What doing it twice would do; `read` unless said. */
  effect?: Effect
}

export interface SubStepResult {
  output: Json
  usage?: Usage
}

/** Something only a person, another run or a caller from outside can answer. The run waits without a worker. */
export interface Question {
  /** Unique in its step and the same on every attempt, as of a sub-step. */
  name: string
  kind: 'approval' | 'form' | 'webhook'
  title: string
  /** What is shown to who answers; its shape follows from `kind`. */
  request: QuestionRequest
  /** The least role that may answer; null where nobody needs to be signed in. */
  role: 'viewer' | 'editor' | 'admin' | 'owner' | null
  /** When the answer is `expired`. */
  deadlineMs?: number
  /** From when on `to` may answer too. */
  escalate?: { atMs: number; to: 'editor' | 'admin' | 'owner' }
}

export interface QuestionRequest {
  message?: string
  /** What is to be approved, shown as data. */
  data?: Json
  /** Approval: the parts of `data` that who approves may change. */
  editable?: boolean
  /** A tool an agent wants to use: its node and name. */
  tool?: { node: string; name: string; agent: string }
  /** Form: a JSON Schema of the fields. */
  fields?: Json
  /** Form, webhook: the last part of its public address. */
  path?: string
}

/** `value`: approval `{ approved, comment?, data? }`, form its fields, webhook `{ method, headers, query, body }`. */
export type Answer =
  | { status: 'answered'; value: Json; by: string | null; atMs: number }
  | { status: 'expired' }

/** Calls another workflow of the tenant. */
export interface WorkflowCall {
  name: string
  workflowId: string
  input: Json
  /** Waits for its outcome, without a worker. Off: goes on at once. */
  wait: boolean
  deadlineMs?: number
}

export type CallOutcome =
  | { status: 'started'; runId: string }
  | { status: 'succeeded'; runId: string; output: Json }
  | { status: 'failed' | 'cancelled'; runId: string; code: string; message: string }
  | { status: 'expired'; runId: string }

import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { Why } from '#server/attention/filter.ts'
import { BulkKind, BulkStatus } from '#server/bulk/job.ts'
import { RunFailure, RunStatus, StartedBy } from '#server/runs/status.ts'
import { Resolution } from '#server/runtime/resolution.ts'
import { Request } from '#server/tasks/task.ts'
import { Drawing, Id } from '../inputs.ts'

/** What the public API answers with. Its documentation is made of these. */
const Time = z.iso.datetime()

export const Created = z.object({ id: Id })
export const Nothing = z.void()
export const Next = z
  .string()
  .nullable()
  .meta({ description: 'Pass it as `cursor` for the next page; null at the end.' })

export const WorkflowSummary = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  publishedVersion: z.int().nullable(),
  pausedAt: Time.nullable().meta({ description: 'Since when its runs wait in line.' }),
  draftRevision: z.int(),
  updatedAt: Time,
  nodeCount: z.int(),
  triggers: z.array(z.string()).meta({ description: 'Types of its triggers, such as `trigger.webhook`.' }),
  lastRun: z.object({ id: Id, status: z.string(), at: Time }).nullable(),
})

export const Workflow = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  draft: Drawing,
  draftRevision: z.int(),
  publishedVersion: z.int().nullable(),
  pausedAt: Time.nullable(),
  hookBase: z.string().meta({ description: 'Where its webhooks answer: this and the path of the trigger.' }),
  eventBase: z.string().meta({
    description: 'Where services send events for its triggers: this and the key of the trigger.',
  }),
  createdAt: Time,
  updatedAt: Time,
  hasUnpublishedChanges: z.boolean(),
})

export const Version = z.object({
  number: z.int(),
  publishedBy: z.string().nullable(),
  createdAt: Time,
  isPublished: z.boolean(),
})

export const Problem = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  node: z.string().optional().meta({ description: 'Key of the node.' }),
  field: z.string().optional(),
  edge: z.int().optional().meta({ description: 'Index in `edges`.' }),
})

export const Problems = z.object({ problems: z.array(Problem) })

export const RunSummary = z.object({
  id: Id,
  workflowId: Id,
  workflowName: z.string(),
  version: z.int().nullable().meta({ description: 'Null for a run of a draft.' }),
  status: RunStatus,
  startedBy: StartedBy,
  createdAt: Time,
  startedAt: Time.nullable(),
  finishedAt: Time.nullable(),
  failure: RunFailure.nullable(),
  failureKey: z.string().nullable().meta({ description: 'The same for failures with the same cause.' }),
  costUsd: z.number(),
  attention: z
    .boolean()
    .meta({ description: 'It waits for somebody to decide about a step that did not end well.' }),
})

export const FailureGroup = z.object({
  failureKey: z.string(),
  workflow: z.object({ id: Id, name: z.string() }),
  node: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  count: z.int(),
  firstAt: Time,
  lastAt: Time,
  sampleRunId: Id,
})

export const AuditLine = z.object({
  id: Id,
  at: Time,
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  action: z.string().meta({ description: 'Such as `workflow.publish`.' }),
  subject: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  detail: z.record(z.string(), Json),
  ip: z.string().nullable(),
})

export const Usage = z.object({
  days: z.array(
    z.object({
      day: z.iso.date(),
      runs: z.int(),
      succeeded: z.int(),
      failed: z.int(),
      cancelled: z.int(),
      costUsd: z.number(),
      inputTokens: z.number(),
      outputTokens: z.number(),
    }),
  ),
  limits: z.object({
    weight: z.number(),
    concurrentRuns: z.number(),
    runsPerMinute: z.number(),
    queuedRuns: z.number(),
    dailyRuns: z.number().nullable(),
    overLimit: z.enum(['refuse', 'wait']).meta({
      description: 'What becomes of runs over the rate or the daily number.',
    }),
    storageMb: z.number(),
    monthlyCostUsd: z.number().nullable(),
    paused: z.enum(['installation', 'tenant']).nullable(),
    suspended: z.object({ at: Time, why: z.string() }).nullable(),
  }),
  used: z.object({
    concurrentRuns: z.number(),
    queuedRuns: z.number(),
    runsToday: z.number().meta({ description: '0 where no daily number is set.' }),
    storageMb: z.number(),
    monthCostUsd: z.number(),
  }),
})

export const Run = RunSummary.omit({ workflowName: true, attention: true }).extend({
  triggerKey: z.string(),
  input: Json,
  output: Json,
  cancelReason: z.string().nullable(),
  replayOf: Id.nullable().meta({ description: 'The past run it goes on from.' }),
  replayFrom: z.string().nullable().meta({ description: 'The step it went on from.' }),
  lastSeq: z.int(),
})

export const Outcome = z.object({
  runId: Id,
  status: RunStatus,
  output: Json,
  failure: RunFailure.nullable(),
})

export const TaskSummary = z.object({
  id: Id,
  kind: z.enum(['approval', 'form']),
  title: z.string(),
  status: z.enum(['open', 'answered', 'expired', 'cancelled']),
  role: z.string().nullable().meta({ description: 'The least role that may answer; null for everybody.' }),
  runId: Id,
  step: z.string(),
  workflow: z.object({ id: Id, name: z.string() }),
  createdAt: Time,
  deadlineAt: Time.nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: Time.nullable(),
  mayAnswer: z.boolean().meta({ description: 'Whether the maker of the key may answer it now.' }),
})

export const Task = TaskSummary.extend({
  request: Request.meta({ description: 'What is asked: `data` to approve, `fields` to fill in.' }),
  answer: Json,
})

export const AttentionSummary = z.object({
  id: Id,
  runId: Id,
  step: z.string(),
  why: Why.meta({
    description: 'Nobody knows whether it happened (`unknown`), it is out of retries, or workers died of it.',
  }),
  cause: z.string().meta({ description: 'The same for steps that failed for the same reason.' }),
  code: z.string(),
  message: z.string(),
  attempts: z.int(),
  node: z.object({ key: z.string(), name: z.string(), type: z.string(), version: z.int() }),
  effect: z.enum(['none', 'read', 'idempotent', 'once']),
  ports: z.array(z.string()).meta({ description: 'By which ways it can be skipped.' }),
  workflow: z.object({ id: Id, name: z.string() }),
  connection: z.object({ id: Id, name: z.string().nullable() }).nullable(),
  createdAt: Time,
})

export const Attention = AttentionSummary.extend({
  status: z.enum(['open', 'answered', 'expired', 'cancelled']),
  params: z
    .record(z.string(), Json)
    .nullable()
    .meta({ description: 'As the last attempt took them; null where they are too large to keep.' }),
  missing: z.array(z.string()).meta({ description: 'Parameters that could not be computed.' }),
  resolution: Resolution.nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: Time.nullable(),
})

export const BulkJob = z.object({
  id: Id,
  kind: BulkKind,
  status: BulkStatus,
  total: z.int(),
  done: z.int(),
  refused: z.int().meta({ description: 'Of those it has been through, what it could not be done to.' }),
  createdAt: Time,
  finishedAt: Time.nullable(),
})

export const Step = z.object({
  step: z.string(),
  node: z.string(),
  status: z.enum(['running', 'waiting', 'succeeded', 'failed']),
  attempts: z.int(),
  startedAt: Time,
  finishedAt: Time.nullable(),
  port: z.string().nullable(),
  output: Json,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  waitingUntil: Time.nullable(),
  reused: z.boolean().meta({ description: 'Taken over from the run this one replays, not done in it.' }),
  undo: z.enum(['undone', 'failed']).nullable().meta({
    description: 'Whether what it did was taken back after the run failed.',
  }),
  logs: z.array(z.object({ at: Time, message: z.string(), data: Json.optional() })),
})

export const Effect = z.object({
  step: z.string(),
  node: z.string(),
  name: z.string().nullable().meta({ description: 'The call of a tool, where an agent used one.' }),
  effect: z.enum(['idempotent', 'once']),
  key: z
    .string()
    .nullable()
    .meta({ description: 'The same for every attempt; sent where the other side takes one.' }),
  attempts: z.int(),
  outcome: z
    .enum(['running', 'waiting', 'done', 'failed', 'unknown', 'undone', 'undo_failed', 'reused'])
    .meta({ description: 'failed: it did not happen. unknown: nobody knows whether it did.' }),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  startedAt: Time,
  endedAt: Time.nullable(),
})

export const Event = z.object({
  seq: z.int(),
  at: z.number().meta({ description: 'Milliseconds since the epoch, by the database’s clock.' }),
  event: z.looseObject({ type: z.string() }),
})

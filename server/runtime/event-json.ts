import { z } from 'zod'
import { NodeKey } from '#nodes/graph/document.ts'
import { isJson, Json } from '#nodes/kit/json.ts'
import { decodeJson, encodeJson } from '#server/db/json.ts'
import type { RunEvent } from '#server/engine/history.ts'

const Failure = z.object({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  retryAfterMs: z.number().optional(),
})
const headers = z.record(z.string(), z.string())
const StepId = z.string()
const step = { step: StepId, attempt: z.int() }

const Usage = z.object({
  model: z.string(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
  costUsd: z.number().nullable(),
})

const StoredRunEvent: z.ZodType<RunEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run.started'), trigger: NodeKey, output: Json }),
  z.object({
    type: z.literal('run.claimed'),
    worker: z.string(),
    token: z.number(),
    reason: z.enum(['queued', 'takeover', 'woken']),
  }),
  z.object({ type: z.literal('run.responded'), step: StepId, status: z.int(), headers, body: Json }),
  z.object({ type: z.literal('run.cancelled'), reason: z.string() }),
  z.object({ type: z.literal('run.timed_out'), failure: Failure }),
  z.object({
    type: z.literal('run.finished'),
    status: z.enum(['succeeded', 'failed', 'cancelled']),
    output: Json,
    failure: Failure.extend({ step: StepId.optional() }).optional(),
  }),
  z.object({ type: z.literal('step.started'), ...step }),
  z.object({
    type: z.literal('step.opened'),
    ...step,
    items: z.custom<Json[]>((value) => Array.isArray(value) && isJson(value)),
    concurrency: z.int().optional(),
    most: z.int().optional(),
  }),
  z.object({
    type: z.literal('iteration.closed'),
    ...step,
    index: z.int(),
    output: Json,
    met: z.boolean().optional(),
  }),
  z.object({
    type: z.literal('step.waiting'),
    ...step,
    untilMs: z.number(),
    port: z.string(),
    output: Json,
    undo: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('step.held'), ...step, untilMs: z.number() }),
  z.object({
    type: z.literal('step.suspended'),
    ...step,
    asks: z.array(z.object({ name: z.string(), task: z.string(), untilMs: z.number().nullable() })),
    attention: z.object({ why: z.enum(['unknown', 'exhausted', 'crashed']), failure: Failure }).optional(),
  }),
  z.object({
    type: z.literal('substep.started'),
    ...step,
    name: z.string(),
    kind: z.enum(['model', 'tool', 'ask', 'call', 'other']),
    title: z.string(),
    input: Json.optional(),
  }),
  z.object({
    type: z.literal('substep.finished'),
    ...step,
    name: z.string(),
    output: Json,
    took: z.number().optional(),
    usage: Usage.optional(),
  }),
  z.object({
    type: z.literal('substep.failed'),
    ...step,
    name: z.string(),
    failure: Failure,
    took: z.number().optional(),
  }),
  z.object({ type: z.literal('step.logged'), ...step, message: z.string(), data: Json.optional() }),
  z.object({
    type: z.literal('step.finished'),
    ...step,
    port: z.string(),
    output: Json,
    undo: z.literal(true).optional(),
    reused: z.literal(true).optional(),
    edited: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('step.failed'),
    ...step,
    failure: Failure,
    cause: StepId.optional(),
    reused: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('step.caught'), ...step, failure: Failure, cause: StepId }),
  z.object({ type: z.literal('step.undone'), ...step }),
  z.object({ type: z.literal('step.undo_failed'), ...step, failure: Failure, cause: StepId }),
])

/** What steps give was looked at when they gave it (`stepOutput`), and elements are what they gave. */
const lookedAt = new Set<RunEvent['type']>(['step.started', 'step.finished', 'iteration.closed'])

const isStorable = (event: RunEvent): event is RunEvent & Json => lookedAt.has(event.type) || isJson(event)

/** The text to store of an event. Throws when something in it is not JSON. */
export function encodeEvent(event: RunEvent): string {
  if (!isStorable(event)) throw new Error(`An event that is not JSON: ${event.type}`)
  return encodeJson(event)
}

export function decodeEvent(stored: unknown): RunEvent {
  return StoredRunEvent.parse(decodeJson(stored))
}

import { z } from 'zod'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { Json, type JsonObject } from '#nodes/kit/json.ts'
import { attentionName, resumedAfter } from '#server/engine/attention.ts'
import type { StepState } from '#server/engine/state.ts'
import type { Records } from '#server/engine/sub-steps.ts'

/** What somebody decided about a step that needed attention. */
export const Resolution = z.discriminatedUnion('how', [
  /** It runs again, with its own key. `params` replace its parameters of that name, `unset` takes some away. */
  z.object({
    how: z.literal('retry'),
    params: z.record(z.string(), Json).optional(),
    unset: z.array(z.string()).optional(),
  }),
  /** It counts as done, with this output. */
  z.object({ how: z.literal('skip'), output: Json, port: z.string().optional() }),
  /** It has failed for good. */
  z.object({ how: z.literal('fail') }),
])
export type Resolution = z.infer<typeof Resolution>

const Answered = z.object({ value: Resolution })

/** What was decided about a step that asks; undefined for one that does not, or not yet. */
export function resolutionOf(past: StepState | undefined): Resolution | undefined {
  if (past?.status !== 'suspended' || !past.attention) return undefined
  return recorded(past.records, past.attempt)
}

/** A node as those who had its step go on want it, the last word first. */
export function edited(node: DocumentNode, past: StepState | undefined): DocumentNode {
  const records = past && 'records' in past ? past.records : undefined
  const last = resumedAfter(records)
  if (last === 0) return node
  let params: JsonObject = node.params
  for (let attempt = 1; attempt <= last; attempt++) {
    const resolution = recorded(records, attempt)
    if (resolution?.how === 'retry') params = changed(params, resolution)
  }
  return params === node.params ? node : { ...node, params }
}

function changed(before: JsonObject, { params = {}, unset = [] }: Extract<Resolution, { how: 'retry' }>) {
  const taken = Object.entries(params).map(([name, value]): [string, Json] => [name, literal(value)])
  if (taken.length + unset.length === 0) return before
  const kept = Object.entries(before).filter(([name]) => !unset.includes(name))
  return Object.fromEntries([...kept, ...taken])
}

/** What somebody typed is data, never an expression. */
const literal = (value: Json): Json =>
  typeof value === 'object' && value !== null ? { literal: value } : value

function recorded(records: Records | undefined, attempt: number): Resolution | undefined {
  const record = records?.get(attentionName(attempt))
  return record?.status === 'done' ? Answered.parse(record.output).value : undefined
}

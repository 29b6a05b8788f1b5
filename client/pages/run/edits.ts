import type { RunRecord } from '#client/canvas/run-record.ts'
import { isJson, type Json } from '#nodes/kit/json.ts'

/** Longer data is written anew, not edited. */
const MOST_TEXT = 200_000

/** What somebody writes instead of what steps gave, by step. */
export type Edits = Readonly<Record<string, string>>

export type Read = { ok: true; value: Json } | { ok: false; why: string }

/** What was written, as data, or why it is none. */
export function readEdit(text: string): Read {
  try {
    const value: unknown = JSON.parse(text)
    if (isJson(value)) return { ok: true, value }
    return { ok: false, why: '' }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : '' }
  }
}

/** The outputs to send; null while one of them is no data. */
export function outputsOf(edits: Edits): Record<string, Json> | null {
  const outputs: Record<string, Json> = {}
  for (const [step, text] of Object.entries(edits)) {
    const read = readEdit(text)
    if (!read.ok) return null
    outputs[step] = read.value
  }
  return outputs
}

/** What editing begins with: what the step gave in the run; null when that is too long. */
export function textToEdit(record: RunRecord, step: string): string | null {
  const given =
    record.trigger?.key === step ? record.trigger.output : (record.visits.get(step)?.output ?? null)
  const text = JSON.stringify(given, null, 2)
  return text.length > MOST_TEXT ? null : text
}

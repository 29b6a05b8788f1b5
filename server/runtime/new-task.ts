import { createHash } from 'node:crypto'
import { fail } from '#nodes/kit/failure.ts'
import { isJson } from '#nodes/kit/json.ts'
import type { Question } from '#nodes/kit/sub-step.ts'
import { encodeJson } from '#server/db/json.ts'
import type { StepId } from '#server/engine/history.ts'

/** A question of a step as it is kept: once for each run, step and name, whoever asks it again. */
export interface NewTask {
  id: string
  step: StepId
  name: string
  kind: Question['kind'] | 'call' | 'attention'
  title: string
  request: string
  role: Question['role']
  deadlineMs: number | null
  escalateMs: number | null
  escalateTo: string | null
}

const MOST_TITLE = 300
const MOST_BYTES = 512 * 1024

/** Throws a `StepFailure` for a question that cannot be kept. */
export function newTask(
  place: { runId: string; step: StepId },
  question: Omit<Question, 'kind' | 'request'> & { kind: NewTask['kind']; request: object },
): NewTask {
  const { name, kind, title, role, deadlineMs, escalate } = question
  if (!isJson(question.request)) throw fail('invalid_question', 'A question must be JSON.')
  const request = encodeJson(question.request)
  if (request.length > MOST_BYTES)
    throw fail('question_too_large', `A question may hold ${MOST_BYTES / 1024} KB of data.`)
  return {
    id: taskId({ ...place, name }),
    step: place.step,
    name,
    kind,
    // Cut first: a character may have been cut in two.
    title: title.slice(0, MOST_TITLE).replace(/[\p{Cc}\p{Cs}]+/gu, ' '),
    request,
    role,
    deadlineMs: momentOf(deadlineMs, 'deadline'),
    escalateMs: momentOf(escalate?.atMs, 'escalation'),
    escalateTo: escalate?.to ?? null,
  }
}

/** The same for every attempt, on whatever worker. */
export function taskId({ runId, step, name }: { runId: string; step: StepId; name: string }): string {
  const bytes = createHash('sha256').update(`task/${runId}/${step}/${name}`).digest().subarray(0, 16)
  // A UUID of version 8: made by a rule of our own.
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** What Postgres and JavaScript both can tell. */
const LATEST_MS = Date.UTC(9999, 0, 1)

function momentOf(ms: number | undefined, name: string): number | null {
  if (ms === undefined) return null
  if (!Number.isFinite(ms) || ms < 0 || ms > LATEST_MS)
    throw fail('invalid_moment', `The ${name} is not a moment that a clock can show.`)
  return Math.round(ms)
}

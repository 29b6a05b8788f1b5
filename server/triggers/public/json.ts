import type { Json } from '#nodes/kit/json.ts'
import type { Answer } from '../hooks/answer.ts'

/** An answer of our own to a page of our own. */
export function json(status: number, body: Json): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body }
}

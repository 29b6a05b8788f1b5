import { createHash } from 'node:crypto'
import type { Failure } from '#nodes/kit/failure.ts'

const MOST_TEXT = 300

/** The same for failures that a person would call the same: of one node, for one reason, whatever the data was. */
export function failureKey(about: { workflowId: string; failure: Failure & { step?: string } }): string {
  const { code, message, step = '' } = about.failure
  const place = step.replace(/\[\d+\]/g, '')
  const told = [about.workflowId, place, code, withoutData(message)].join('\n')
  return createHash('sha256').update(told).digest('hex').slice(0, 16)
}

/** What is between quotes, and every word with a digit in it, is data: numbers, ids, dates, addresses. */
function withoutData(message: string): string {
  return message
    .slice(0, MOST_TEXT * 4)
    .replace(/"[^"]*"|“[^”]*”|`[^`]*`|(?<!\w)'[^']*'(?!\w)/g, '…')
    .replace(/\S*\d\S*/g, '#')
    .replace(/\s+/g, ' ')
    .slice(0, MOST_TEXT)
}

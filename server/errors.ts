import type { Problem } from '#nodes/graph/document.ts'

/** What can be wrong with a request. Closed: argue before adding (style §4.7). */
export const errorCodes = [
  'not_found',
  'forbidden',
  'conflict',
  'invalid',
  // Well formed, and yet not to be done: a key that came with something else before.
  'unprocessable',
  'limit_reached',
  'signed_out',
] as const
export type ErrorCode = (typeof errorCodes)[number]

export interface ErrorDetails {
  /** What is wrong with a workflow document. */
  problems?: Problem[]
  /** What is wrong with the input, field by field. */
  issues?: { path: string; message: string }[]
  [name: string]: unknown
}

/** The caller's mistake, in words the caller may read. Mapped to an answer in server/api, once. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details?: ErrorDetails

  constructor(code: ErrorCode, message: string, details?: ErrorDetails) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** The one answer for what does not exist and for what is another tenant's: the two must not differ. */
export function notFound(): AppError {
  return new AppError('not_found', 'There is nothing here')
}

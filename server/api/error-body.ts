import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { z } from 'zod'
import type { Problem } from '#nodes/graph/document.ts'
import { type Issue, issuesOf } from '#server/db/issues.ts'
import { AppError } from '#server/errors.ts'
import { HttpRefusal } from '#server/triggers/http-refusal.ts'
import { JsonRefusal } from '#server/triggers/read-json.ts'
import { isUnavailable } from './unavailable.ts'

/** An error as every door of the server tells it. */
export interface ErrorBody {
  status: number
  code: string
  message: string
  issues?: Issue[]
  problems?: Problem[]
  /** What else there is to know, such as the current revision at a conflict. */
  details?: Record<string, unknown>
  headers?: Record<string, string>
}

const statuses = {
  invalid: 400,
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unprocessable: 422,
  limit_reached: 429,
} as const satisfies Record<AppError['code'], number>

/** A bug is told without its details; those are in the log under the request's id. */
const unexpected: ErrorBody = {
  status: 500,
  code: 'unexpected',
  message: 'Something went wrong on our side. Try again; if it stays, report it with the request id.',
}

const unavailable: ErrorBody = {
  status: 503,
  code: 'unavailable',
  message: 'The database cannot be reached right now; try again in a moment',
  headers: { 'retry-after': '2' },
}

const Details = z
  .object({ issues: z.custom<Issue[]>(Array.isArray), problems: z.custom<Problem[]>(Array.isArray) })
  .partial()
  .loose()

export function describeError(error: unknown): ErrorBody {
  if (error instanceof AppError) return fromAppError(error)
  if (error instanceof JsonRefusal) return { status: 400, code: 'invalid', message: error.message }
  if (error instanceof HttpRefusal)
    return { status: error.status, code: error.code, message: error.message, headers: error.headers }
  if (error instanceof TRPCError) return fromTrpc(error)
  return fromFastify(error) ?? (isUnavailable(error) ? unavailable : unexpected)
}

function fromAppError(error: AppError): ErrorBody {
  const { issues, problems, ...details } = Details.catch({}).parse(error.details ?? {})
  const seconds = z.int().min(1).safeParse(details.retryAfterSeconds)
  return {
    status: statuses[error.code],
    code: error.code,
    message: error.message,
    issues,
    problems,
    ...(Object.keys(details).length > 0 ? { details } : {}),
    ...(seconds.success ? { headers: { 'retry-after': String(seconds.data) } } : {}),
  }
}

function fromZod(error: z.core.$ZodError): ErrorBody {
  const issues = issuesOf(error)
  const [first] = issues
  const message = first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : 'The input is not valid'
  return { status: 400, code: 'invalid', message, issues }
}

function fromTrpc(error: TRPCError): ErrorBody {
  if (error.cause instanceof AppError) return fromAppError(error.cause)
  // Any other zod error is a bug of ours: a stored row that is not what we think.
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.core.$ZodError) return fromZod(error.cause)
  switch (error.code) {
    case 'INTERNAL_SERVER_ERROR':
      return isUnavailable(error) ? unavailable : unexpected
    case 'NOT_FOUND':
      return { status: 404, code: 'not_found', message: 'There is nothing at this address' }
    default:
      return { status: getHTTPStatusCodeFromError(error), code: 'invalid', message: error.message }
  }
}

/** The caller went away before all of the body had come; nobody reads the answer, but it is no fault of ours. */
const Aborted = z.object({ code: z.literal('ECONNRESET'), statusCode: z.literal(400) })

const FastifyError = z.object({
  code: z.string().startsWith('FST_'),
  statusCode: z.number(),
  message: z.string(),
})

function fromFastify(error: unknown): ErrorBody | null {
  if (Aborted.safeParse(error).success)
    return { status: 400, code: 'invalid', message: 'The body ended before it was complete' }
  const parsed = FastifyError.safeParse(error)
  if (!parsed.success) return null
  const { statusCode: status, code, message } = parsed.data
  if (status >= 500 && code !== 'FST_ERR_HANDLER_TIMEOUT') return null
  switch (status) {
    case 413:
      return { status, code: 'limit_reached', message: 'The body is larger than this address takes' }
    case 415:
      return { status, code: 'invalid', message: 'This address does not take that content type' }
    default:
      return { status, code: status === 503 ? 'timeout' : 'invalid', message }
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '#server/log.ts'
import { describeError } from './error-body.ts'

/** The one place an error becomes an answer. A bug is logged under the request's id, and told without details. */
export function answerError(
  log: Log,
  { error, request, reply }: { error: unknown; request: FastifyRequest; reply: FastifyReply },
) {
  const { status, headers = {}, ...body } = describeError(error)
  if (body.code === 'unexpected' || body.code === 'unavailable')
    log.error({ requestId: request.id, err: error })
  return reply
    .status(status)
    .headers({ ...headers, 'content-type': 'application/json; charset=utf-8', 'x-request-id': request.id })
    .send(JSON.stringify({ ...body, requestId: request.id }))
}

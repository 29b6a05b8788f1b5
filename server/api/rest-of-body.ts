import type { FastifyRequest } from 'fastify'
import { describeError } from './error-body.ts'

/** How long a caller may go on sending a body that is refused. */
const WAIT_MS = 10_000

/**
 * After a body that is too large: lets the rest of it pass, unread. Answered at once, the connection would be closed
 * under a caller who is still sending, and they would see a broken pipe instead of the answer.
 */
export async function restOfBody({ raw }: FastifyRequest, error: unknown): Promise<void> {
  if (raw.complete || raw.destroyed || describeError(error).status !== 413) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, WAIT_MS)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    raw.once('end', done).once('close', done).once('error', done).resume()
  })
}

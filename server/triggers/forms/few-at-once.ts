import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpRefusal } from '../http-refusal.ts'

const SMALL_BYTES = 1024 * 1024
const MOST = 8

/** Large bodies are held in memory whole, so few are let in at once; the others are told to come back. */
export function fewAtOnce(most = MOST) {
  let held = 0
  return async ({ headers }: FastifyRequest, reply: FastifyReply) => {
    const length = Number(headers['content-length'] ?? Number.POSITIVE_INFINITY)
    if (length <= SMALL_BYTES) return
    if (held >= most)
      throw new HttpRefusal({
        status: 503,
        code: 'busy',
        message: 'Too many files are being sent; try again in a moment',
        headers: { 'retry-after': '5' },
      })
    held += 1
    reply.raw.once('close', () => {
      held -= 1
    })
  }
}

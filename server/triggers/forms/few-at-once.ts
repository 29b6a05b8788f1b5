import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpRefusal } from '../http-refusal.ts'

const SMALL_BYTES = 1024 * 1024
const MOST = 8
/** So that one slow sender does not keep all others out. */
const MOST_OF_ONE = 3

/** Large bodies are held in memory whole, so few are let in at once; the others are told to come back. */
export function fewAtOnce({ most = MOST, mostOfOne = MOST_OF_ONE } = {}) {
  const held: string[] = []
  return async (
    { headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>,
    reply: { raw: Pick<FastifyReply['raw'], 'once'> },
  ) => {
    const length = Number(headers['content-length'] ?? Number.POSITIVE_INFINITY)
    if (length <= SMALL_BYTES) return
    if (held.length >= most || held.filter((one) => one === ip).length >= mostOfOne)
      throw new HttpRefusal({
        status: 503,
        code: 'busy',
        message: 'Too many files are being sent; try again in a moment',
        headers: { 'retry-after': '5' },
      })
    held.push(ip)
    reply.raw.once('close', () => held.splice(held.indexOf(ip), 1))
  }
}

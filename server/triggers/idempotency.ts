import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { HttpRefusal } from './http-refusal.ts'

const MOST_LETTERS = 255

/**
 * A caller that may repeat a request names it with `Idempotency-Key` and gets the run of the first one, for 24 hours;
 * `place` keeps apart the keys of different addresses. The hash tells a repetition from another request.
 */
export function idempotencyOf(
  request: Pick<FastifyRequest, 'headers' | 'method' | 'url' | 'body'>,
  place: string,
): { dedupeKey?: string; dedupeHash?: string } {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return {}
  if (key.length > MOST_LETTERS)
    throw new HttpRefusal({
      status: 400,
      code: 'invalid',
      message: `Idempotency-Key has at most ${MOST_LETTERS} characters`,
    })
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`)
  hash.update(Buffer.isBuffer(request.body) ? request.body : (JSON.stringify(request.body) ?? ''))
  return { dedupeKey: `${place}:${key}`, dedupeHash: hash.digest('hex') }
}

import type { FastifyReply } from 'fastify'

/** Made once: a reason of its own for each request costs more than the rest of this. */
const left = new DOMException('Nobody waits for this answer', 'AbortError')

/** Fires when nobody waits for this answer any more, or we are closing and cannot wait ourselves. */
export function goneSignal(reply: FastifyReply, closing: AbortSignal): AbortSignal {
  const gone = new AbortController()
  const leave = () => gone.abort(left)
  if (closing.aborted) leave()
  // Not AbortSignal.any: each would stay in the long life of `closing`.
  closing.addEventListener('abort', leave, { once: true })
  reply.raw.once('close', () => {
    closing.removeEventListener('abort', leave)
    leave()
  })
  return gone.signal
}

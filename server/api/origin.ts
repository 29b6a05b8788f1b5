import type { FastifyInstance } from 'fastify'
import { HttpRefusal } from '#server/triggers/http-refusal.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A change that a cookie vouches for must come from our own pages: browsers name the page's origin, and no other
 * site can forge it. (With the JSON media type, which another site cannot send without asking, that is two locks.)
 */
export function requireOwnOrigin(server: FastifyInstance, origins: readonly string[]) {
  server.addHook('onRequest', async ({ method, headers }) => {
    if (SAFE.has(method)) return
    const { origin } = headers
    // Without a cookie there is nothing to abuse: a program that signs in has no origin to name.
    if (origin === undefined && headers.cookie === undefined) return
    if (origin !== undefined && origins.includes(origin)) return
    throw new HttpRefusal({
      status: 403,
      code: 'forbidden',
      message: 'This request does not come from a page of this installation',
    })
  })
}

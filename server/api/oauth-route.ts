import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { badState, type Finished, finishOauth } from '#server/connections/oauth-finish.ts'
import { slugIn } from '#server/connections/oauth-state.ts'
import { AppError } from '#server/errors.ts'
import { headersOf } from '#server/tenants/auth-routes.ts'
import { createContext, requireMember, requireUser } from './context.ts'
import type { Parts } from './parts.ts'
import { refuseSuspended } from './suspended.ts'

/** Where services send people back to after they signed in there. The only page of ours that is not the client's. */
export async function oauthRoute(server: FastifyInstance, parts: Parts) {
  server.get('/api/oauth/callback', { config: { policy: 'user' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    try {
      const { slug, connectionId, outcome } = await finish(parts, request)
      return reply.redirect(`/${slug}/connections?${outcome}=${connectionId}`, 303)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return refused(reply, error)
    }
  })
}

async function finish(parts: Parts, request: FastifyRequest): Promise<Finished & { slug: string }> {
  const back = new URLSearchParams(request.url.split(/\?(.*)/s)[1] ?? '')
  const slug = slugIn(back.get('state') ?? '')
  const headers = headersOf(request)
  const context = createContext({ parts, requestId: request.id, headers, slug })
  const user = await requireUser(context)
  if (slug === null) throw badState()
  const { scope } = await requireMember(context, 'connection.manage').catch((error: unknown) => {
    throw error instanceof AppError ? badState() : error
  })
  // It is a GET, and a change all the same.
  await refuseSuspended(parts, { scope, user })
  const { door } = parts.runtime
  const { log, baseUrl } = parts
  const about = { scope, door, log, baseUrl, sessionId: user.sessionId }
  return { ...(await finishOauth(about, back)), slug }
}

const statuses: Partial<Record<AppError['code'], number>> = { signed_out: 401, not_found: 404 }

/** Fixed words and nothing of the address: whoever made it up writes nothing on our page. */
function refused(reply: FastifyReply, error: AppError) {
  const title = error.code === 'signed_out' ? 'Sign in to Trama first' : 'This sign-in cannot be finished'
  const words =
    error.code === 'signed_out'
      ? 'You are not signed in to Trama in this browser, at this address. Sign in, then connect again.'
      : badState().message
  return reply
    .status(statuses[error.code] ?? 400)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><body style="font:16px system-ui;max-width:32rem;margin:15vh auto;padding:0 1rem">
<h1 style="font-size:20px">${title}</h1><p>${words}</p><p><a href="/">Back to Trama</a></p></body></html>`,
    )
}

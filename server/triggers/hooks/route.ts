import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AppClient } from '#server/db/open.ts'
import { notFound } from '#server/errors.ts'
import { fewAtOnce } from '../forms/few-at-once.ts'
import { formLimits } from '../forms/read-submission.ts'
import { HttpRefusal } from '../http-refusal.ts'
import { waitPath } from '../waits/find-wait.ts'
import { serveWait } from '../waits/serve-wait.ts'
import type { Answer } from './answer.ts'
import { doors } from './doors.ts'
import { methodsOf } from './find-hook.ts'
import type { HookParts } from './hook-call.ts'
import { hookLimits } from './limits.ts'

/** Public addresses of triggers: `/hooks/<tenant>/<path>`, any method, no session. What is there depends on its kind. */
export async function hookRoutes(server: FastifyInstance, parts: HookParts) {
  let inFlight = 0
  // Bodies are read by their media type once the hook is known, never by a parser chosen by the caller.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: hookLimits.bytes },
    (_request, body, done) => {
      done(null, body)
    },
  )
  server.addHook('onRequest', async (_request, reply) => {
    // What a workflow answers is a stranger's page on our origin: it gets none of the origin's rights.
    reply.headers({
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    if (inFlight >= hookLimits.atOnce) throw busy()
  })
  const shared = {
    config: { policy: 'anonymous', rateLimit: false },
    handlerTimeout: hookLimits.waitMs + 20_000,
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      inFlight += 1
      try {
        const answer = await serve(parts, { request, reply })
        return answer ? send(reply, answer) : reply
      } finally {
        inFlight -= 1
      }
    },
  } as const
  server.route({
    ...shared,
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    url: '/hooks/:tenant/*',
    bodyLimit: hookLimits.bytes,
  })
  // A filled-in form may bring files.
  server.route({
    ...shared,
    method: 'POST',
    url: '/hooks/:tenant/forms/:name',
    bodyLimit: formLimits.wholeBytes,
    onRequest: fewAtOnce(),
  })
}

async function serve(
  parts: HookParts,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<Answer | null> {
  const { slug, path, search } = addressOf(request.url)
  const query = new URLSearchParams(search)
  const awaited = waitPath(path)
  if (awaited !== null) {
    refuseEncoded(request)
    return serveWait({ parts, slug, path: awaited, query, request })
  }
  const hook = await parts.hooks.find({ slug, method: request.method, path })
  if (!hook) throw await refusal(parts.app, { slug, path })
  const door = doors[hook.kind]
  if (!door) throw notFound()
  refuseEncoded(request)
  return door({ parts, hook, path, query, request, reply })
}

/** The address as it was sent: what is percent-encoded is not another spelling of a hook's path. */
function addressOf(url: string) {
  const [address = '', search = ''] = url.split(/\?(.*)/s)
  const [slug = '', ...path] = address.slice('/hooks/'.length).split('/')
  return { slug, path: path.join('/'), search }
}

async function refusal(app: AppClient, address: { slug: string; path: string }) {
  const methods = await methodsOf(app, address)
  if (methods.length === 0) return notFound()
  return new HttpRefusal({
    status: 405,
    code: 'method_not_allowed',
    message: `This address takes ${methods.join(', ')}`,
    headers: { allow: methods.join(', ') },
  })
}

function refuseEncoded(request: FastifyRequest) {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return
  throw new HttpRefusal({
    status: 415,
    code: 'invalid',
    message: `Send the body as it is, without the content encoding ${encoding}`,
  })
}

function send(reply: FastifyReply, { status, headers, body }: Answer) {
  reply.status(status).headers(headers)
  if (status === 204 || status === 304) return reply.removeHeader('content-type').send()
  return reply.send(typeof body === 'string' && !isJsonType(headers) ? body : JSON.stringify(body))
}

/** A run's output that is text is still JSON to whoever asked for JSON. */
function isJsonType(headers: Record<string, string>) {
  return headers['content-type']?.startsWith('application/json') ?? false
}

function busy() {
  return new HttpRefusal({
    status: 503,
    code: 'busy',
    message: 'Too many requests are in work; try again in a moment',
    headers: { 'retry-after': '1' },
  })
}

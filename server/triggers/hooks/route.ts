import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import pg from 'pg'
import type { Json } from '#nodes/kit/json.ts'
import type { AppClient } from '#server/db/open.ts'
import { notFound } from '#server/errors.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { goneSignal } from '../gone-signal.ts'
import { HttpRefusal } from '../http-refusal.ts'
import { type Answer, accepted, answerOf } from './answer.ts'
import { findHook, type Hook, methodsOf } from './find-hook.ts'
import { fromPairs } from './from-pairs.ts'
import { incomingHeaders } from './headers.ts'
import { readBody } from './read-body.ts'

export const hookLimits = {
  bytes: 5 * 1024 * 1024,
  /** How long a caller may be kept waiting for the run. */
  waitMs: 100_000,
  /** Requests at once in this process. Beyond it callers are told to come back rather than kept in memory. */
  atOnce: 2_000,
} as const

interface HookParts {
  app: AppClient
  runtime: Runtime
  /** Fires when the server closes: who waits for a run is told where to ask for it later. */
  closing: AbortSignal
}

/** Public addresses of webhook triggers: `/hooks/<tenant>/<path>`, any method, no session. */
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
  server.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    url: '/hooks/:tenant/*',
    config: { policy: 'anonymous', rateLimit: false },
    bodyLimit: hookLimits.bytes,
    handlerTimeout: hookLimits.waitMs + 20_000,
    handler: async (request, reply) => {
      inFlight += 1
      try {
        return send(reply, await serve(parts, { request, reply }))
      } finally {
        inFlight -= 1
      }
    },
  })
}

async function serve(
  { app, runtime, closing }: HookParts,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<Answer> {
  const { slug, path, search } = addressOf(request.url)
  const hook = await findHook(app, { slug, method: request.method, path })
  if (!hook) throw await refusal(app, { slug, path })
  refuseEncoded(request)
  const input: Json = {
    method: request.method,
    path,
    headers: incomingHeaders(request.headers),
    query: fromPairs(new URLSearchParams(search)),
    body: Buffer.isBuffer(request.body) ? readBody(request.body, request.headers['content-type']) : null,
  }
  const { runId } = await runtime
    .accept({
      tenantId: hook.tenantId,
      workflowId: hook.workflowId,
      version: hook.version,
      triggerKey: hook.nodeKey,
      startedBy: 'webhook',
      input,
      ...dedupe(hook, request),
    })
    .catch(becauseGone)
  if (hook.answer === 'at_once') return accepted(runId)
  const { tenantId } = hook
  const signal = goneSignal(reply, closing)
  const result = await runtime.result({ tenantId, runId, waitMs: hookLimits.waitMs, signal })
  return answerOf({ hook, runId, result, requestId: request.id })
}

/** The workflow was deleted after its hook was found: there is no such address any more. */
function becauseGone(error: unknown): never {
  throw error instanceof pg.DatabaseError && error.code === '23503' ? notFound() : error
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

/** A sender that repeats a request names it with `Idempotency-Key`, and gets the run of the first one. */
function dedupe(hook: Hook, request: FastifyRequest): { dedupeKey?: string } {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return {}
  if (key.length > 255)
    throw new HttpRefusal({
      status: 400,
      code: 'invalid',
      message: 'Idempotency-Key has at most 255 characters',
    })
  return { dedupeKey: `hook:${hook.nodeKey}:${key}` }
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

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { KeyHolder } from '#server/api-keys/verify.ts'
import { issuesOf } from '#server/db/issues.ts'
import { AppError } from '#server/errors.ts'
import { canWithKey } from '#server/tenants/policy.ts'
import { goneSignal } from '#server/triggers/gone-signal.ts'
import { idempotencyOf } from '#server/triggers/idempotency.ts'
import { auditDenied, auditRoute } from '../audit/routes.ts'
import { scopeFor } from '../context.ts'
import { takeJson } from '../json-body.ts'
import type { Parts } from '../parts.ts'
import { refuseSuspended } from '../suspended.ts'
import { attentionRoutes } from './attention-routes.ts'
import { monitoringRoutes } from './monitoring-routes.ts'
import { nodeRoutes } from './node-routes.ts'
import { documentSchema, openapi } from './openapi.ts'
import type { RestRoute } from './registry.ts'
import { runRoutes } from './run-routes.ts'
import { taskRoutes } from './task-routes.ts'
import { workflowRoutes } from './workflow-routes.ts'

export const restRoutesList: readonly RestRoute[] = [
  ...nodeRoutes,
  ...workflowRoutes,
  ...runRoutes,
  ...taskRoutes,
  ...attentionRoutes,
  ...monitoringRoutes,
]

const BODY_BYTES = 6 * 1024 * 1024
/** Per address; programs call more often than people. */
const PER_MINUTE = 60_000

/** The public API: every route of the list, and the two documents that describe it. */
export async function restRoutes(server: FastifyInstance, parts: Parts) {
  takeJson(server)
  const description = openapi(restRoutesList, parts)
  const schema = documentSchema()
  const open = { config: { policy: 'anonymous' } } as const
  server.get('/api/v1/openapi.json', open, async () => description)
  server.get('/api/v1/workflow-document.schema.json', open, async () => schema)
  for (const route of restRoutesList) mount(server, { parts, route })
}

function mount(server: FastifyInstance, { parts, route }: { parts: Parts; route: RestRoute }) {
  const holders = new WeakMap<FastifyRequest, KeyHolder>()
  server.route({
    method: route.method,
    url: `/api/v1${route.path}`,
    config: { policy: route.permission, rateLimit: { max: PER_MINUTE, timeWindow: 60_000 } },
    bodyLimit: BODY_BYTES,
    handlerTimeout: 90_000,
    // Before the body is read: a stranger's megabytes are not.
    onRequest: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      holders.set(request, await authenticate(parts, { request, route }))
    },
    handler: async (request, reply) => {
      const holder = holders.get(request)
      if (!holder) throw new Error('A route ran before its key was checked')
      const params = parse(route.params, request.params)
      const query = parse(route.query, request.query)
      const body = parseBody(route, request.body)
      if (route.method !== 'GET') await refuseSuspended(parts, { scope: { tenant: holder.tenant } })
      const input = { ...fieldsOf(body), ...fieldsOf(params) }
      const tell = await auditRoute(parts, { name: nameOf(route), holder, request, input })
      const answer = await route.run(callOf(parts, { request, reply, holder }), { params, query, body })
      await tell?.(answer)
      const status = route.isUnderWay?.(answer) ? 202 : route.status
      return reply.status(status).send(route.status === 204 ? undefined : answer)
    },
  })
}

async function authenticate(
  parts: Parts,
  { request, route }: { request: FastifyRequest; route: RestRoute },
): Promise<KeyHolder> {
  const { permission } = route
  const [, key] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (!key) throw new AppError('signed_out', 'Send an API key: `Authorization: Bearer trama_…`')
  const holder = await parts.apiKeys.verify(key)
  if (canWithKey(holder, permission)) return holder
  const why = `This API key does not have the scope ${permission}`
  await auditDenied(parts, { name: nameOf(route), holder, request, why })
  throw new AppError('forbidden', why)
}

const nameOf = ({ method, path }: RestRoute) => `${method} ${path}`
const fieldsOf = (value: unknown) => z.record(z.string(), z.unknown()).catch({}).parse(value)

function callOf(
  parts: Parts,
  { request, reply, holder }: { request: FastifyRequest; reply: FastifyReply; holder: KeyHolder },
) {
  return {
    parts,
    scope: scopeFor(parts, { tenant: holder.tenant, actor: `key:${holder.id}` }),
    role: holder.role,
    // How long to wait is no part of what is asked for.
    repeat: idempotencyOf({ ...pick(request), url: request.url.split('?')[0] ?? '' }, 'api'),
    signal: goneSignal(reply, parts.closing),
  }
}

const pick = ({ headers, method, body }: FastifyRequest) => ({ headers, method, body })

function parseBody(route: RestRoute, body: unknown): unknown {
  if (route.body) return parse(route.body, body ?? undefined)
  if (body === undefined || body === null) return undefined
  throw new AppError('invalid', 'This address takes no body')
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = issuesOf(parsed.error)
  const [first] = issues
  const where = first?.path ? `${first.path}: ` : ''
  throw new AppError('invalid', `${where}${first?.message ?? 'The input is not valid'}`, { issues })
}

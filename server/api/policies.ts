import type { AnyTRPCRouter } from '@trpc/server'
import type { FastifyInstance } from 'fastify'
import type { Permission } from '#server/tenants/policy.ts'
import type { Policy } from './context.ts'

/**
 * Who may call a route. `trpc` says it per procedure; `own` is better-auth's, which checks its own routes; `user` wants
 * a session and checks itself whose; a permission is checked against an API key.
 */
export type RoutePolicy = 'anonymous' | 'trpc' | 'own' | 'user' | Permission

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy
  }
}

/** Every address that answers without a session or a key. Nothing else may: a test compares it with the routes. */
export const anonymousRoutes: readonly string[] = [
  'GET /*',
  'GET /api/health',
  'GET /api/v1/openapi.json',
  'GET /api/v1/workflow-document.schema.json',
  'ANY /hooks/:tenant/*',
  'POST /hooks/:tenant/forms/:name',
]

/** Procedures that answer nobody in particular. */
export const anonymousProcedures: readonly string[] = ['me.get', 'me.invitation']

export interface DeclaredRoute {
  method: string
  url: string
  policy: RoutePolicy
}

/** Makes a route without a policy stop the start-up, and gives the list of all routes. */
export function requirePolicies(server: FastifyInstance): DeclaredRoute[] {
  const declared: DeclaredRoute[] = []
  server.addHook('onRoute', ({ method, url, config }) => {
    const methods = Array.isArray(method) ? method : [method]
    const shown = methods.length > 4 ? 'ANY' : methods.filter((name) => name !== 'HEAD').join(',')
    if (shown === '') return
    if (!config?.policy) throw new Error(`The route ${shown} ${url} declares no policy`)
    if (config.policy === 'anonymous' && !anonymousRoutes.includes(`${shown} ${url}`))
      throw new Error(`The route ${shown} ${url} is not in the list of anonymous routes`)
    declared.push({ method: shown, url, policy: config.policy })
  })
  return declared
}

/** The policy of every procedure by its path. Throws for one that declares none. */
export function policiesOf(router: AnyTRPCRouter): Map<string, { type: string; policy: Policy }> {
  const procedures: Record<string, { _def: { type: string; meta?: { policy?: Policy } } }> =
    router._def.procedures
  return new Map(
    Object.entries(procedures).map(([path, { _def }]) => {
      const policy = _def.meta?.policy
      if (!policy) throw new Error(`The procedure ${path} declares no policy`)
      if (policy === 'anonymous' && !anonymousProcedures.includes(path))
        throw new Error(`The procedure ${path} is not in the list of anonymous procedures`)
      return [path, { type: _def.type, policy }]
    }),
  )
}

import { z } from 'zod'
import type { Permission, Role } from '#server/tenants/policy.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import type { Parts } from '../parts.ts'

/** Who calls with which key, and what the request says besides its input. */
export interface RestCall {
  parts: Parts
  scope: TenantScope
  /** Of the key's maker, now. */
  role: Role
  /** What its `Idempotency-Key` header makes of a run; empty without one. */
  repeat: { dedupeKey?: string; dedupeHash?: string }
  /** The caller hung up. */
  signal: AbortSignal
}

type Shape = z.ZodObject
type None = z.ZodObject<Record<never, never>>

interface Declared<
  Params extends Shape,
  Query extends Shape,
  Body extends z.ZodType,
  Reply extends z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under /api/v1, with parameters as `:id`. */
  path: string
  /** One line in the documentation. */
  summary: string
  permission: Permission
  /** Heeds an `Idempotency-Key` header. */
  repeatable?: true
  params?: Params
  query?: Query
  body?: Body
  /** The status of success; 204 has no body. */
  status?: 200 | 201 | 202 | 204
  /** Answers for which the status is 202 instead: what was asked for is still under way. */
  isUnderWay?(reply: z.input<Reply>): boolean
  reply: Reply
  run(
    call: RestCall,
    input: { params: z.output<Params>; query: z.output<Query>; body: z.output<Body> },
  ): Promise<z.input<Reply>>
}

/** A route whose schemas are not known any more, as the list of all has it. */
export interface RestRoute {
  method: Declared<Shape, Shape, z.ZodType, z.ZodType>['method']
  path: string
  summary: string
  permission: Permission
  repeatable?: true
  params: Shape
  query: Shape
  body?: z.ZodType
  status: 200 | 201 | 202 | 204
  isUnderWay?(reply: unknown): boolean
  reply: z.ZodType
  run(call: RestCall, input: { params: unknown; query: unknown; body: unknown }): Promise<unknown>
}

const none = z.strictObject({})

/** Declares a route once: the server, the permission check and the OpenAPI document are made from it. */
export function route<
  Params extends Shape = None,
  Query extends Shape = None,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodType,
>(declared: Declared<Params, Query, Body, Reply>): RestRoute {
  const { params = none, query = none, body, status = 200, run, isUnderWay, ...rest } = declared
  return {
    ...rest,
    params,
    query,
    body,
    status,
    ...(isUnderWay ? { isUnderWay: (reply) => isUnderWay(z.custom<z.input<Reply>>().parse(reply)) } : {}),
    // The handler parses with these very schemas before it calls.
    run: (call, input) =>
      run(call, {
        params: z.custom<z.output<Params>>().parse(input.params),
        query: z.custom<z.output<Query>>().parse(input.query),
        body: z.custom<z.output<Body>>().parse(input.body),
      }),
  }
}

import { initTRPC, TRPCError } from '@trpc/server'
import { AppError } from '#server/errors.ts'
import type { Permission } from '#server/tenants/policy.ts'
import { auditProcedure } from './audit/procedures.ts'
import { type Context, type Policy, requireAdmin, requireMember, requireUser } from './context.ts'
import { describeError } from './error-body.ts'
import { refuseSuspended } from './suspended.ts'

/** Who may call a procedure. Every one says so; `policiesOf` and a test see to it. */
export interface Meta {
  policy: Policy
}

const trpcCodes = {
  invalid: 'BAD_REQUEST',
  signed_out: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  unprocessable: 'UNPROCESSABLE_CONTENT',
  limit_reached: 'TOO_MANY_REQUESTS',
} as const satisfies Record<AppError['code'], TRPCError['code']>

// No transformer: superjson throws on data with a key called "constructor" or "__proto__", which users' data may
// have. What crosses is JSON, and moments are ISO strings.
const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    sse: {
      maxDurationMs: 3_000_000,
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 40_000 },
    },
    errorFormatter({ shape, error, ctx }) {
      const { code, message, issues, problems, details } = describeError(error)
      return {
        ...shape,
        message,
        data: { ...shape.data, appCode: code, requestId: ctx?.requestId, issues, problems, details },
      }
    },
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

const base = t.procedure.use(async ({ ctx, path, type, getRawInput, next }) => {
  const tell = type === 'mutation' ? await auditProcedure(ctx, { path, input: await getRawInput() }) : null
  const result = await next()
  await tell?.(result.ok ? { data: result.data } : { error: result.error })
  if (!result.ok && result.error.cause instanceof AppError) throw asTrpcError(result.error.cause)
  return result
})

export function asTrpcError(cause: AppError): TRPCError {
  return new TRPCError({ code: trpcCodes[cause.code], message: cause.message, cause })
}

/** Anyone, signed in or not. */
export const anonymousProcedure = base.meta({ policy: 'anonymous' })

/** Anyone signed in; not about one tenant. */
export const userProcedure = base
  .meta({ policy: 'user' })
  .use(async ({ ctx, next }) => next({ ctx: { user: await requireUser(ctx) } }))

/** Whoever administers the installation; not about one tenant. */
export const adminProcedure = base
  .meta({ policy: 'admin' })
  .use(async ({ ctx, next }) => next({ ctx: { user: await requireAdmin(ctx) } }))

/** A member of the tenant in the URL whose role allows it. Membership is read anew for every request. */
export function memberProcedure(policy: Permission | 'member') {
  return base.meta({ policy }).use(async ({ ctx, type, next }) => {
    const member = await requireMember(ctx, policy)
    // Leaving is open to everybody at any time.
    if (type === 'mutation' && policy !== 'member') await refuseSuspended(ctx.parts, member)
    return next({ ctx: member })
  })
}

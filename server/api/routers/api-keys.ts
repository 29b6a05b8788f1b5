import { z } from 'zod'
import { createApiKey } from '#server/api-keys/create.ts'
import { listApiKeys } from '#server/api-keys/list.ts'
import { Permission } from '#server/tenants/policy.ts'
import { ById, Name } from '../inputs.ts'
import { memberProcedure, router } from '../trpc.ts'

const manages = memberProcedure('api_key.manage')

export const apiKeysRouter = router({
  list: manages.query(async ({ ctx }) => {
    const keys = await listApiKeys(ctx.parts.databases.app, ctx.scope.tenant.id)
    return keys.map((key) => ({
      ...key,
      createdAt: key.createdAt.toISOString(),
      expiresAt: key.expiresAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
      lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    }))
  }),
  create: manages
    .input(
      z.strictObject({
        name: Name,
        scopes: z.array(Permission).min(1).max(50),
        expiresAt: z.iso.datetime({ offset: true }).optional(),
      }),
    )
    .mutation(({ ctx, input }) =>
      createApiKey(ctx.parts.databases.app, {
        tenantId: ctx.scope.tenant.id,
        maker: { userId: ctx.user.id, role: ctx.member.role },
        name: input.name,
        scopes: input.scopes,
        ...(input.expiresAt ? { expiresAt: new Date(input.expiresAt) } : {}),
      }),
    ),
  revoke: manages
    .input(ById)
    .mutation(({ ctx, input }) => ctx.parts.apiKeys.revoke({ tenantId: ctx.scope.tenant.id, id: input.id })),
})

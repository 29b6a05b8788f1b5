import { z } from 'zod'
import { ShortId } from '#server/db/plain-text.ts'
import { effectiveLimits } from '#server/runtime/limits.ts'
import { invite, listInvitations, revokeInvitation } from '#server/tenants/invitations.ts'
import { type Acting, listMembers, removeMember, setRole } from '#server/tenants/members.ts'
import { Role } from '#server/tenants/policy.ts'
import type { MemberContext } from '../context.ts'
import { memberProcedure, router } from '../trpc.ts'

const manages = memberProcedure('member.manage')

function acting({ user, member }: MemberContext): Acting {
  return { tenantId: member.tenant.id, userId: user.id, role: member.role }
}

export const tenantRouter = router({
  get: memberProcedure('tenant.read').query(async ({ ctx }) => {
    const { paused, suspended } = await effectiveLimits(ctx.parts.databases.engine, ctx.member.tenant.id)
    return { ...ctx.member.tenant, role: ctx.member.role, paused, suspended }
  }),
})

export const membersRouter = router({
  list: memberProcedure('member.read').query(async ({ ctx }) => {
    const members = await listMembers(ctx.parts.databases.auth, ctx.scope.tenant.id)
    return members.map((member) => ({ ...member, createdAt: member.createdAt.toISOString() }))
  }),
  setRole: manages
    .input(z.strictObject({ memberId: ShortId, role: Role }))
    .mutation(async ({ ctx, input }) => {
      await setRole(ctx.parts.databases.auth, { acting: acting(ctx), ...input })
      ctx.parts.apiKeys.forget()
    }),
  remove: manages.input(z.strictObject({ memberId: ShortId })).mutation(async ({ ctx, input }) => {
    await removeMember(ctx.parts.databases.auth, { acting: acting(ctx), ...input })
    ctx.parts.apiKeys.forget()
  }),
  /** What any member may do to their own membership, and to no other. */
  leave: memberProcedure('member').mutation(async ({ ctx }) => {
    const { memberId } = ctx.member
    await removeMember(ctx.parts.databases.auth, { acting: acting(ctx), memberId })
    ctx.parts.apiKeys.forget()
  }),

  invitations: manages.query(async ({ ctx }) => {
    const found = await listInvitations(ctx.parts.databases.auth, { tenantId: ctx.scope.tenant.id })
    return found.map((invitation) => ({
      ...invitation,
      createdAt: invitation.createdAt.toISOString(),
      expiresAt: invitation.expiresAt.toISOString(),
    }))
  }),
  invite: manages
    .input(z.strictObject({ email: z.email().max(254), role: Role }))
    .mutation(({ ctx, input }) =>
      invite(ctx.parts.databases.auth, { acting: acting(ctx), ...input, baseUrl: ctx.parts.baseUrl }),
    ),
  revokeInvitation: manages
    .input(z.strictObject({ id: ShortId }))
    .mutation(({ ctx, input }) =>
      revokeInvitation(ctx.parts.databases.auth, { tenantId: ctx.scope.tenant.id, id: input.id }),
    ),
})

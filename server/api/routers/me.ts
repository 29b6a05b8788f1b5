import { z } from 'zod'
import { locales } from '#nodes/examples/example.ts'
import { line, ShortId } from '#server/db/plain-text.ts'
import { acceptInvitation, readInvitation } from '#server/tenants/accept-invitation.ts'
import { createTenant } from '#server/tenants/create-tenant.ts'
import { membershipsOf } from '#server/tenants/membership.ts'
import { addExamples } from '#server/workflows/add-examples.ts'
import { scopeFor } from '../context.ts'
import { anonymousProcedure, router, userProcedure } from '../trpc.ts'

const Locale = z.enum(locales)
const Invitation = z.strictObject({ id: ShortId })

export const meRouter = router({
  /** Who is signed in, if anyone, and where they are a member. */
  get: anonymousProcedure.query(async ({ ctx }) => {
    const signedIn = await ctx.signedIn()
    if (!signedIn) return { user: null, tenants: [] }
    const { sessionId: _, ...user } = signedIn
    const found = await membershipsOf(ctx.parts.databases.auth, user.id)
    return { user, tenants: found.map(({ tenant, role }) => ({ ...tenant, role })) }
  }),
  setLocale: userProcedure.input(z.strictObject({ locale: Locale })).mutation(async ({ ctx, input }) => {
    await ctx.parts.databases.auth.user.update({
      where: { id: ctx.user.id },
      data: { locale: input.locale },
      select: { id: true },
    })
  }),
  /** What a link invites to; whoever holds the link may see it before they sign in. */
  invitation: anonymousProcedure
    .input(Invitation)
    .query(({ ctx, input }) => readInvitation(ctx.parts.databases.auth, input)),
  acceptInvitation: userProcedure
    .input(Invitation)
    .mutation(({ ctx, input }) =>
      acceptInvitation(ctx.parts.databases.auth, { id: input.id, user: ctx.user }),
    ),
})

export const tenantsRouter = router({
  create: userProcedure.input(z.strictObject({ name: line(80) })).mutation(async ({ ctx, input }) => {
    const tenant = await createTenant(ctx.parts.databases.auth, { userId: ctx.user.id, name: input.name })
    const locale = Locale.catch('en').parse(ctx.user.locale)
    await addExamples(scopeFor(ctx.parts, { tenant, actor: ctx.user.id }), { locale })
    return { slug: tenant.slug }
  }),
})

import { inTenant } from '#server/db/tenant.ts'
import { AppError, notFound } from '#server/errors.ts'
import { type Membership, membership } from '#server/tenants/membership.ts'
import { can, type Permission } from '#server/tenants/policy.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { type SignedIn, whoIs } from '#server/tenants/who-is.ts'
import type { Parts } from './parts.ts'

/**
 * What a procedure may be declared for. `user` is anyone signed in, `member` any member of the tenant in the URL,
 * `admin` whoever administers the installation.
 */
export type Policy = 'anonymous' | 'user' | 'member' | 'admin' | Permission

/** One request to the API. Nothing in it was checked yet: procedures do that, each by its policy. */
export interface Context {
  parts: Parts
  requestId: string
  headers: Headers
  /** From the URL, the only place a tenant is ever named; null outside one. */
  slug: string | null
  /** Asked once for all procedures of one request. */
  signedIn(): Promise<SignedIn | null>
  membership(userId: string): Promise<Membership | null>
}

export interface MemberContext {
  user: SignedIn
  member: Membership
  scope: TenantScope
  /** Throws when the policy does not hold any more; for streams, which outlive their first check. */
  recheck(): Promise<void>
}

export function createContext(about: Pick<Context, 'parts' | 'requestId' | 'headers' | 'slug'>): Context {
  const { parts, headers, slug } = about
  let signedIn: Promise<SignedIn | null> | undefined
  let member: Promise<Membership | null> | undefined
  return {
    ...about,
    signedIn: () => (signedIn ??= whoIs(parts.auth, headers)),
    membership: (userId) =>
      (member ??= slug === null ? Promise.resolve(null) : membership(parts.databases.auth, { userId, slug })),
  }
}

export async function requireUser(ctx: Context): Promise<SignedIn> {
  const user = await ctx.signedIn()
  if (!user) throw new AppError('signed_out', 'Sign in first')
  return user
}

/** Over all tenants, so no membership is asked for: only the few who administer the installation. */
export async function requireAdmin(ctx: Context): Promise<SignedIn> {
  const user = await requireUser(ctx)
  if (!user.isAdmin) throw new AppError('forbidden', 'This is for administrators of the installation')
  return user
}

/** A tenant that is not theirs is answered like one that does not exist. */
export async function requireMember(ctx: Context, policy: Permission | 'member'): Promise<MemberContext> {
  const user = await requireUser(ctx)
  const member = await ctx.membership(user.id)
  if (!member) throw notFound()
  if (policy !== 'member' && !can(member.role, policy))
    throw new AppError('forbidden', `This needs a role with more rights than ${member.role}`)
  const { parts, headers, slug, requestId } = ctx
  return {
    user,
    member,
    scope: scopeFor(parts, { tenant: member.tenant, actor: user.id }),
    recheck: async () => {
      await requireMember(createContext({ parts, headers, slug, requestId }), policy)
    },
  }
}

export function scopeFor(
  parts: Pick<Parts, 'databases'> & { runtime?: Pick<Parts['runtime'], 'hooksChanged'> },
  about: Pick<TenantScope, 'tenant' | 'actor'>,
): TenantScope {
  return {
    ...about,
    hooksChanged: () => parts.runtime?.hooksChanged(about.tenant.id),
    inTenant: (work) => inTenant(parts.databases.app, about.tenant.id, work),
  }
}

import { shortId } from '#server/db/id.ts'
import type { AuthClient } from '#server/db/open.ts'
import { AppError, notFound } from '#server/errors.ts'
import { can, Role } from './policy.ts'

export interface OpenedInvitation {
  tenantName: string
  email: string
  role: Role
  status: 'pending' | 'accepted' | 'revoked' | 'expired'
}

const columns = {
  email: true,
  role: true,
  status: true,
  expiresAt: true,
  organizationId: true,
  inviterId: true,
  tenant: { select: { name: true, slug: true } },
} as const

/** What a link invites to, for whoever holds the link. */
export async function readInvitation(
  auth: AuthClient,
  about: { id: string; now?: Date },
): Promise<OpenedInvitation> {
  const row = await auth.invitation.findUnique({ where: { id: about.id }, select: columns })
  if (!row) throw notFound()
  return {
    tenantName: row.tenant.name,
    email: row.email,
    role: Role.parse(row.role),
    status: statusOf(row, about.now ?? new Date()),
  }
}

/** Makes the user a member, once. The invitation must be for their e-mail address. */
export async function acceptInvitation(
  auth: AuthClient,
  about: { id: string; user: { id: string; email: string }; now?: Date },
): Promise<{ slug: string }> {
  const { id, user } = about
  return auth.$transaction(async (db) => {
    const row = await db.invitation.findUnique({ where: { id }, select: columns })
    if (!row) throw notFound()
    if (row.email !== user.email.toLowerCase()) {
      throw new AppError('forbidden', `This invitation is for ${row.email}: sign in with that address`)
    }
    const status = statusOf(row, about.now ?? new Date())
    if (status !== 'pending') throw new AppError('conflict', `This invitation is ${status}`)
    const role = Role.parse(row.role)
    await refuseFallenInviter(db, { tenantId: row.organizationId, inviterId: row.inviterId, role })
    const taken = await db.invitation.updateMany({
      where: { id, status: 'pending' },
      data: { status: 'accepted' },
    })
    if (taken.count === 0) throw new AppError('conflict', 'This invitation is accepted')
    await db.member.createMany({
      data: [{ id: shortId(), organizationId: row.organizationId, userId: user.id, role }],
      skipDuplicates: true,
    })
    return { slug: row.tenant.slug }
  })
}

/** An invitation is worth what its maker may still do: one who was removed or demoted lets nobody in. */
async function refuseFallenInviter(
  db: Pick<AuthClient, 'member'>,
  about: { tenantId: string; inviterId: string; role: Role },
): Promise<void> {
  const inviter = await db.member.findFirst({
    where: { organizationId: about.tenantId, userId: about.inviterId },
    select: { role: true },
  })
  const needed = about.role === 'owner' ? 'owner.manage' : 'member.manage'
  if (!inviter || !can(Role.parse(inviter.role), needed)) {
    throw new AppError('conflict', 'Whoever made this invitation may not invite any more: ask for a new one')
  }
}

function statusOf(row: { status: string; expiresAt: Date }, now: Date): OpenedInvitation['status'] {
  if (row.status === 'accepted') return 'accepted'
  if (row.status !== 'pending') return 'revoked'
  return row.expiresAt > now ? 'pending' : 'expired'
}

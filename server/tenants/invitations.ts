import { shortId } from '#server/db/id.ts'
import type { AuthClient } from '#server/db/open.ts'
import { AppError, notFound } from '#server/errors.ts'
import type { Acting } from './members.ts'
import { can, Role } from './policy.ts'

export const invitationDays = 7
export const pendingInvitationsLimit = 200

export interface ListedInvitation {
  id: string
  email: string
  role: Role
  createdAt: Date
  expiresAt: Date
}

/** Invitations that can still be accepted. */
export async function listInvitations(
  auth: AuthClient,
  about: { tenantId: string; now?: Date },
): Promise<ListedInvitation[]> {
  const rows = await auth.invitation.findMany({
    where: {
      organizationId: about.tenantId,
      status: 'pending',
      expiresAt: { gt: about.now ?? new Date() },
    },
    select: { id: true, email: true, role: true, createdAt: true, expiresAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({ ...row, role: Role.parse(row.role) }))
}

/** Invites a person by link: nothing is sent. Whoever opens it must sign in with this e-mail address. */
export async function invite(
  auth: AuthClient,
  about: { acting: Acting; email: string; role: Role; baseUrl: string; now?: Date },
): Promise<{ id: string; url: string }> {
  const { acting, role } = about
  const now = about.now ?? new Date()
  const email = about.email.trim().toLowerCase()
  if (role === 'owner' && !can(acting.role, 'owner.manage')) {
    throw new AppError('forbidden', 'Only an owner may invite an owner')
  }
  const tenantId = acting.tenantId
  const already = await auth.member.count({ where: { organizationId: tenantId, user: { email } } })
  if (already > 0) throw new AppError('conflict', `${email} is already a member`)
  const pending = await listInvitations(auth, { tenantId, now })
  if (pending.length >= pendingInvitationsLimit) {
    throw new AppError('limit_reached', `At most ${pendingInvitationsLimit} invitations can be open at once`)
  }
  // A newer invitation takes the place of an older one for the same person.
  await auth.invitation.updateMany({
    where: { organizationId: tenantId, email, status: 'pending' },
    data: { status: 'canceled' },
  })
  // The id is all that the link holds, so it must not be guessable.
  const id = shortId(32)
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 60 * 60 * 1000)
  await auth.invitation.create({
    data: { id, organizationId: tenantId, email, role, inviterId: acting.userId, expiresAt },
  })
  return { id, url: new URL(`/invite/${id}`, about.baseUrl).toString() }
}

export async function revokeInvitation(
  auth: AuthClient,
  about: { tenantId: string; id: string },
): Promise<void> {
  const { count } = await auth.invitation.updateMany({
    where: { id: about.id, organizationId: about.tenantId, status: 'pending' },
    data: { status: 'canceled' },
  })
  if (count === 0) throw notFound()
}

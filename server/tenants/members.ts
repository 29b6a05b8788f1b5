import type { AuthClient } from '#server/db/open.ts'
import { AppError, notFound } from '#server/errors.ts'
import { changingOwners, refuseLastOwner } from './owners.ts'
import { can, Role } from './policy.ts'

/** Who does it: a member of the tenant, whose role was checked for `member.manage` or is about to act on themselves. */
export interface Acting {
  tenantId: string
  userId: string
  role: Role
}

export interface ListedMember {
  id: string
  userId: string
  name: string
  email: string
  role: Role
  createdAt: Date
}

/** The members of a tenant, in the order they joined. */
export async function listMembers(auth: AuthClient, tenantId: string): Promise<ListedMember[]> {
  const rows = await auth.member.findMany({
    where: { organizationId: tenantId },
    select: {
      id: true,
      userId: true,
      role: true,
      createdAt: true,
      user: { select: { name: true, email: true } },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ user, role, ...row }) => ({ ...row, ...user, role: Role.parse(role) }))
}

/** Gives a member another role. Only owners make and unmake owners; a tenant keeps one. */
export async function setRole(
  auth: AuthClient,
  about: { acting: Acting; memberId: string; role: Role },
): Promise<void> {
  const { acting, memberId, role } = about
  await changingOwners(auth, acting.tenantId, async (db) => {
    const found = await findMember(db, { tenantId: acting.tenantId, memberId })
    if (found.role === role) return
    if (found.role === 'owner' || role === 'owner') needOwner(acting)
    if (found.role === 'owner') await refuseLastOwner(db, { tenantId: acting.tenantId, memberId })
    await db.member.update({ where: { id: memberId }, data: { role } })
  })
}

/** Removes a member, who may be oneself. What they made stays; their API keys stop working. */
export async function removeMember(
  auth: AuthClient,
  about: { acting: Acting; memberId: string },
): Promise<void> {
  const { acting, memberId } = about
  await changingOwners(auth, acting.tenantId, async (db) => {
    const found = await findMember(db, { tenantId: acting.tenantId, memberId })
    const leaving = found.userId === acting.userId
    if (!leaving && !can(acting.role, 'member.manage')) {
      throw new AppError('forbidden', 'Your role does not allow removing others')
    }
    if (found.role === 'owner' && !leaving) needOwner(acting)
    if (found.role === 'owner') await refuseLastOwner(db, { tenantId: acting.tenantId, memberId })
    await db.member.delete({ where: { id: memberId } })
  })
}

async function findMember(
  db: Pick<AuthClient, 'member'>,
  about: { tenantId: string; memberId: string },
): Promise<{ userId: string; role: Role }> {
  const row = await db.member.findFirst({
    where: { id: about.memberId, organizationId: about.tenantId },
    select: { userId: true, role: true },
  })
  if (!row) throw notFound()
  return { userId: row.userId, role: Role.parse(row.role) }
}

function needOwner(acting: Acting): void {
  if (!can(acting.role, 'owner.manage'))
    throw new AppError('forbidden', 'Only an owner may do that to owners')
}

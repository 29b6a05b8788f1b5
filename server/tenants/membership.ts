import type { AuthClient } from '#server/db/open.ts'
import { Role } from './policy.ts'

export interface Membership {
  memberId: string
  role: Role
  tenant: { id: string; slug: string; name: string }
}

const columns = { id: true, role: true, tenant: { select: { id: true, slug: true, name: true } } } as const

/** The user's membership of the tenant with this slug; null when there is none, or no such tenant. */
export async function membership(
  auth: AuthClient,
  about: { userId: string; slug: string },
): Promise<Membership | null> {
  // Whatever stands in an address: PostgreSQL would choke on some of it.
  if (!/^[\w-]+$/.test(about.slug)) return null
  const row = await auth.member.findFirst({
    where: { userId: about.userId, tenant: { slug: about.slug } },
    select: columns,
  })
  return row && { memberId: row.id, role: Role.parse(row.role), tenant: row.tenant }
}

/** All tenants of a user, by name. */
export async function membershipsOf(auth: AuthClient, userId: string): Promise<Membership[]> {
  const rows = await auth.member.findMany({
    where: { userId },
    select: columns,
    orderBy: [{ tenant: { name: 'asc' } }, { id: 'asc' }],
  })
  return rows.map((row) => ({ memberId: row.id, role: Role.parse(row.role), tenant: row.tenant }))
}

import { Prisma } from '#server/db/generated/client.ts'
import { shortId } from '#server/db/id.ts'
import type { AuthClient } from '#server/db/open.ts'
import { AppError } from '#server/errors.ts'

/** How many tenants one person may own. */
export const ownedTenantsLimit = 20

// The first part of a page's path is a tenant's slug or one of these.
const reserved = new Set([
  ...[
    'account',
    'admin',
    'api',
    'assets',
    'chat',
    'docs',
    'forms',
    'health',
    'help',
    'hooks',
    'invite',
    'library',
    'login',
  ],
  ...['new-tenant', 'oauth', 'public', 'settings', 'sign-in', 'sign-out', 'sign-up', 'static', 'www'],
])

/** A new tenant, owned by this user. Its slug comes from its name. */
export async function createTenant(
  auth: AuthClient,
  about: { userId: string; name: string },
): Promise<{ id: string; slug: string }> {
  const owned = await auth.member.count({ where: { userId: about.userId, role: 'owner' } })
  if (owned >= ownedTenantsLimit) {
    throw new AppError('limit_reached', `One person can own at most ${ownedTenantsLimit} tenants`)
  }
  const wanted = slugFrom(about.name)
  for (const slug of [wanted, `${wanted}-${shortId(4)}`, `${wanted}-${shortId(8)}`]) {
    const created = reserved.has(slug) ? null : await tryCreate(auth, { ...about, slug })
    if (created) return created
  }
  throw new AppError('conflict', 'There is a tenant with that name: try another')
}

/** The part of the address that a name makes: `Café São João` is `cafe-sao-joao`. */
export function slugFrom(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 36)
    .replace(/^-|-$/g, '')
  return slug.length >= 2 ? slug : `team-${shortId(6)}`
}

async function tryCreate(auth: AuthClient, about: { userId: string; name: string; slug: string }) {
  const { userId, name, slug } = about
  try {
    return await auth.tenant.create({
      data: { id: shortId(), slug, name, members: { create: { id: shortId(), userId, role: 'owner' } } },
      select: { id: true, slug: true },
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return null
    throw error
  }
}

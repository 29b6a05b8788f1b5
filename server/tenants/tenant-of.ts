import type { AuthClient } from '#server/db/open.ts'

/** The id of the tenant with this slug; null when there is none. */
export async function tenantOf(auth: AuthClient, slug: string): Promise<string | null> {
  // Whatever stands in an address: PostgreSQL would choke on some of it.
  if (!/^[\w-]+$/.test(slug)) return null
  const found = await auth.tenant.findUnique({ where: { slug }, select: { id: true } })
  return found?.id ?? null
}

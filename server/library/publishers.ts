import { z } from 'zod'
import type { AuthClient } from '#server/db/open.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'

const Named = z.object({ id: z.string(), name: z.string() })

/** What publishers are called; of tenants that publish nothing to others, only the tenant's own. */
export async function namesOf(db: TenantDb, scope: TenantScope, ids: readonly string[]) {
  const rows = await db.$queryRaw`
    select id, name from name_publishers(${[...new Set(ids)]}::text[])
    union select id, name from tenant where id = ${scope.tenant.id}`
  return new Map(
    z
      .array(Named)
      .parse(rows)
      .map(({ id, name }) => [id, name]),
  )
}

/** The tenants with these addresses, or `invalid` naming the ones that nobody has. */
export async function tenantsBySlug(people: AuthClient, slugs: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(slugs)]
  const found = await people.tenant.findMany({
    where: { slug: { in: wanted }, id: { not: 'trama' } },
    select: { id: true, slug: true },
  })
  const issues = wanted.flatMap((slug, index) =>
    found.some((tenant) => tenant.slug === slug)
      ? []
      : [{ path: `shareWith.${index}`, message: `There is no tenant with the address ${slug}` }],
  )
  if (issues.length > 0) throw new AppError('invalid', issues[0]?.message ?? '', { issues })
  return found.map(({ id }) => id)
}

import type { TenantDb } from '#server/db/tenant.ts'

/** An address for an item: its name in small letters, with a number when it is taken. */
export async function slugFor(db: TenantDb, { tenantId, name }: { tenantId: string; name: string }) {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const base =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'item'
  const like = await db.libraryItem.findMany({
    where: { tenantId, slug: { startsWith: base } },
    select: { slug: true },
  })
  const taken = new Set(like.map(({ slug }) => slug))
  let slug = base
  for (let count = 2; taken.has(slug); count++) slug = `${base}-${count}`
  return slug
}

import { translate, translateParameters } from '#nodes/graph/library/translate.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { type StoredVersion, verified } from './content.ts'
import { installsOf, publisherOf, sum } from './list.ts'
import { namesOf } from './publishers.ts'

/** One body for an item that is unknown, not for this tenant, withdrawn or not reviewed. */
export function noSuchItem() {
  return new AppError('not_found', 'There is no such item in the library')
}

export interface ItemKey {
  publisherId: string
  itemId: string
}

const visible = { review: { not: 'rejected' } } as const

/** A version this tenant may see, the newest unless one is named; with what was stored held against its hash. */
export async function versionOf(
  db: TenantDb,
  { publisherId, itemId, version }: ItemKey & { version?: number },
): Promise<StoredVersion> {
  const row = await db.libraryVersion.findFirst({
    where: { tenantId: publisherId, itemId, ...(version === undefined ? visible : { number: version }) },
    orderBy: { number: 'desc' },
  })
  if (!row) throw noSuchItem()
  return verified(row)
}

/** An item as its page shows it, in the reader's language. */
export async function readItem(scope: TenantScope, about: ItemKey & { version?: number; locale: string }) {
  const { publisherId, itemId, locale } = about
  return scope.inTenant(async (db) => {
    const item = await db.libraryItem.findUnique({
      where: { tenantId_id: { tenantId: publisherId, id: itemId } },
    })
    if (!item) throw noSuchItem()
    const version = spoken(await versionOf(db, about), locale)
    const versions = await db.libraryVersion.findMany({
      where: { tenantId: publisherId, itemId },
      select: { number: true, changes: true, review: true, reviewNote: true, createdAt: true },
      orderBy: { number: 'desc' },
      take: 200,
    })
    const isOwn = publisherId === scope.tenant.id
    const counts = (await installsOf(db, [itemId])).get(itemId) ?? []
    const installed = await db.install.findMany({
      where: { tenantId: scope.tenant.id, publisherId, itemId },
      select: { version: true, workflow: { select: { id: true, name: true } } },
      orderBy: { createdAt: 'desc' },
      take: 100,
    })
    const names = await namesOf(db, scope, [publisherId])
    const { name, summary, icon, tags, readme, document, parameters, capabilities, changes } = version
    return {
      ...{ itemId, name, summary, icon, tags, readme, document, parameters, capabilities, changes },
      publisher: publisherOf(publisherId, names),
      isOwn,
      slug: item.slug,
      visibility: item.visibility,
      withdrawn: item.withdrawnAt !== null,
      workflowId: isOwn ? item.workflowId : null,
      version: version.number,
      hash: Buffer.from(version.hash).toString('hex'),
      publishedAt: version.createdAt.toISOString(),
      versions: versions.map(({ createdAt, reviewNote, ...one }) => ({
        ...one,
        reviewNote: isOwn ? reviewNote : null,
        createdAt: createdAt.toISOString(),
        installs: counts.find((count) => count.version === one.number)?.installs ?? 0,
      })),
      installs: sum(counts),
      installed: installed.map(({ workflow, version: number }) => ({ ...workflow, version: number })),
    }
  })
}

/** A version in another language, as far as its publisher wrote it. */
export function spoken(version: StoredVersion, locale: string): StoredVersion {
  const words = Object.hasOwn(version.translations, locale) ? version.translations[locale] : undefined
  if (!words) return version
  return {
    ...version,
    name: words.name,
    summary: words.summary,
    readme: words.readme,
    document: translate(version.document, words.texts),
    parameters: translateParameters(version.parameters, words.texts),
  }
}

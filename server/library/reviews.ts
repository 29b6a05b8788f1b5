import { z } from 'zod'
import { addedCapabilities, Capabilities } from '#nodes/graph/library/capabilities.ts'
import type { AdminClient } from '#server/db/open.ts'
import { AppError } from '#server/errors.ts'
import { StoredVersion, verified } from './content.ts'
import { type ItemKey, noSuchItem } from './read.ts'

const MOST = 100

const Waiting = z.object({
  publisherId: z.string(),
  publisher: z.string(),
  itemId: z.string(),
  version: z.number(),
  name: z.string(),
  summary: z.string(),
  icon: z.string(),
  createdAt: z.date(),
  before: z.number().nullable(),
})

/** What waits to be shown to everybody on the installation, oldest first. */
export async function listReviews(admin: AdminClient) {
  const rows = await admin.$queryRaw`
    select v.tenant_id as "publisherId", t.name as publisher, v.item_id as "itemId", v.number as version,
      v.name, v.summary, v.icon, v.created_at as "createdAt",
      (select max(o.number) from library_version o
        where o.tenant_id = v.tenant_id and o.item_id = v.item_id and o.review = 'approved') as before
    from library_version v
    join tenant t on t.id = v.tenant_id
    join library_item i on i.tenant_id = v.tenant_id and i.id = v.item_id
    where v.review = 'pending' and i.withdrawn_at is null
    order by v.created_at
    limit ${MOST}`
  return z
    .array(Waiting)
    .parse(rows)
    .map(({ createdAt, publisherId, publisher, ...one }) => ({
      ...one,
      publisher: { id: publisherId, name: publisher },
      createdAt: createdAt.toISOString(),
    }))
}

/** One version to look at, and what it could do that the last one shown could not. */
export async function readReview(admin: AdminClient, about: ItemKey & { version: number }) {
  const { publisherId, itemId, version: number } = about
  const row = await admin.libraryVersion.findUnique({
    where: { tenantId_itemId_number: { tenantId: publisherId, itemId, number } },
  })
  if (!row) throw noSuchItem()
  const version = verified(row)
  const last = await admin.libraryVersion.findFirst({
    where: { tenantId: publisherId, itemId, review: 'approved', number: { lt: number } },
    orderBy: { number: 'desc' },
  })
  const before = last && StoredVersion.parse(last)
  const { name, summary, icon, tags, readme, document, parameters, capabilities, changes, review } = version
  return {
    ...{ name, summary, icon, tags, readme, document, parameters, capabilities, changes, review },
    publisherId,
    itemId,
    version: number,
    reviewNote: row.reviewNote,
    createdAt: version.createdAt.toISOString(),
    before: before && {
      version: before.number,
      capabilities: before.capabilities,
      document: before.document,
    },
    added: addedCapabilities(before ? Capabilities.parse(before.capabilities) : undefined, capabilities),
  }
}

/** Shows a version to everybody, or does not; once. */
export async function reviewVersion(
  admin: AdminClient,
  about: ItemKey & { version: number; approve: boolean; note: string; by: string },
) {
  const { publisherId: tenantId, itemId, version: number, approve, note, by } = about
  await admin.$transaction(async (db) => {
    const version = await db.libraryVersion.findUnique({
      where: { tenantId_itemId_number: { tenantId, itemId, number } },
      select: { name: true, summary: true, icon: true, tags: true, review: true },
    })
    if (!version) throw noSuchItem()
    const { review, ...shown } = version
    const decision = approve ? 'approved' : 'rejected'
    if (review === decision) return
    const decided = await db.libraryVersion.updateMany({
      where: { tenantId, itemId, number, review: 'pending' },
      data: {
        review: decision,
        reviewedBy: by,
        reviewedAt: new Date(),
        reviewNote: note,
      },
    })
    if (decided.count === 0) {
      // Two reviewers at once who say the same do not disagree.
      const agreed = await db.libraryVersion.count({ where: { tenantId, itemId, number, review: decision } })
      if (agreed > 0) return
      throw new AppError('conflict', 'This version has been reviewed already')
    }
    if (!approve) return
    await db.libraryItem.updateMany({
      where: {
        ...{ tenantId, id: itemId },
        // An older version that is approved late does not go before a newer one.
        OR: [
          { visibility: { not: 'installation' } },
          { latestVersion: null },
          { latestVersion: { lt: number } },
        ],
      },
      data: { ...shown, visibility: 'installation', latestVersion: number, updatedAt: new Date() },
    })
  })
}

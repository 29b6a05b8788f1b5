import { z } from 'zod'
import { readCursor, writeCursor } from '#server/db/cursor.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { Translations } from './content.ts'
import { namesOf } from './publishers.ts'

const PAGE = 60

const Row = z.object({
  publisherId: z.string(),
  itemId: z.string(),
  slug: z.string(),
  name: z.string(),
  summary: z.string(),
  icon: z.string(),
  tags: z.array(z.string()),
  visibility: z.string(),
  withdrawn: z.boolean(),
  version: z.number(),
  review: z.string(),
  translations: Translations,
  sortAt: z.date(),
})

export const sources = ['all', 'trama', 'own', 'others'] as const
export interface ItemFilter {
  search?: string
  tag?: string
  source?: (typeof sources)[number]
  locale: string
  cursor?: string
}

/**
 * What this tenant may install, and what it publishes itself. The database shows no more: items and versions of
 * others only if they are for everybody and reviewed, or for this tenant.
 */
export async function listItems(scope: TenantScope, filter: ItemFilter) {
  const { search, tag, source = 'all', cursor, locale } = filter
  const { at, id } = cursor ? readCursor(cursor) : { at: null, id: null }
  const like = search ? `%${search.replace(/[\\%_]/g, '\\$&')}%` : null
  return scope.inTenant(async (db) => {
    const rows = await db.$queryRaw`
      select i.tenant_id as "publisherId", i.id as "itemId", i.slug, i.visibility,
        i.withdrawn_at is not null as withdrawn, v.number as version, v.review, v.translations,
        v.name, v.summary, v.icon, v.tags, date_trunc('milliseconds', i.created_at) as "sortAt"
      from library_item i
      cross join lateral (
        select * from library_version v
        where v.tenant_id = i.tenant_id and v.item_id = i.id
        order by v.review = 'rejected', v.number desc limit 1
      ) v
      where (${like}::text is null or v.name ilike ${like} or v.summary ilike ${like}
          or v.translations::text ilike ${like} or array_to_string(v.tags, ' ') ilike ${like})
        and (${tag ?? null}::text is null or ${tag ?? null} = any(v.tags))
        and case ${source}
          when 'trama' then i.tenant_id = 'trama'
          when 'own' then i.tenant_id = ${scope.tenant.id}
          when 'others' then i.tenant_id not in ('trama', ${scope.tenant.id})
          else i.withdrawn_at is null end
        and (${at}::timestamptz is null
          or (date_trunc('milliseconds', i.created_at), i.id) < (${at}::timestamptz, ${id}::uuid))
      order by date_trunc('milliseconds', i.created_at) desc, i.id desc
      limit ${PAGE + 1}`
    const found = z.array(Row).parse(rows)
    const page = found.slice(0, PAGE)
    const [installs, names] = [
      await installsOf(
        db,
        page.map(({ itemId }) => itemId),
      ),
      await namesOf(
        db,
        scope,
        page.map(({ publisherId }) => publisherId),
      ),
    ]
    const last = page.at(-1)
    return {
      items: page.map(({ publisherId, translations, sortAt: _, ...item }) => {
        const words = Object.hasOwn(translations, locale) ? translations[locale] : undefined
        return {
          ...item,
          name: words?.name ?? item.name,
          summary: words?.summary ?? item.summary,
          publisher: publisherOf(publisherId, names),
          isOwn: publisherId === scope.tenant.id,
          installs: sum(installs.get(item.itemId)),
        }
      }),
      next: found.length > PAGE && last ? writeCursor(last.sortAt, last.itemId) : null,
    }
  })
}

export function publisherOf(id: string, names: ReadonlyMap<string, string>) {
  return { id, name: names.get(id) ?? '', isBuiltIn: id === 'trama' }
}

const Count = z.object({ item_id: z.string(), version: z.number(), installs: z.bigint() })

/** How many workflows run which version of each item; whose they are, nobody learns. */
export async function installsOf(db: TenantDb, itemIds: string[]) {
  const rows = z.array(Count).parse(await db.$queryRaw`select * from count_installs(${itemIds}::uuid[])`)
  const byItem = new Map<string, { version: number; installs: number }[]>()
  for (const { item_id, version, installs } of rows)
    byItem.set(item_id, [...(byItem.get(item_id) ?? []), { version, installs: Number(installs) }])
  return byItem
}

export const sum = (counts: readonly { installs: number }[] = []) =>
  counts.reduce((total, { installs }) => total + installs, 0)

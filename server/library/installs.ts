import { z } from 'zod'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { publisherOf } from './list.ts'
import { namesOf } from './publishers.ts'

const Row = z.object({
  workflowId: z.string(),
  publisherId: z.string(),
  itemId: z.string(),
  version: z.number(),
  undoable: z.boolean(),
  name: z.string().nullable(),
  latest: z.number().nullable(),
})

/** Which workflows came from the library, of which version, and which is the newest they could have. */
export async function listInstalls(scope: TenantScope, { workflowId }: { workflowId?: string } = {}) {
  return scope.inTenant(async (db) => {
    const rows = await db.$queryRaw`
      select n.workflow_id as "workflowId", n.publisher_id as "publisherId", n.item_id as "itemId", n.version,
        n.before is not null as undoable, i.name,
        (select max(v.number) from library_version v
          where v.tenant_id = n.publisher_id and v.item_id = n.item_id
            and v.review <> 'rejected' and i.withdrawn_at is null) as latest
      from install n
      left join library_item i on i.tenant_id = n.publisher_id and i.id = n.item_id
      where n.tenant_id = ${scope.tenant.id}
        and (${workflowId ?? null}::uuid is null or n.workflow_id = ${workflowId ?? null}::uuid)
      order by n.created_at desc
      limit 1000`
    const found = z.array(Row).parse(rows)
    const names = await namesOf(
      db,
      scope,
      found.map(({ publisherId }) => publisherId),
    )
    return found.map(({ publisherId, ...install }) => ({
      ...install,
      publisher: publisherOf(publisherId, names),
      updateTo: install.latest !== null && install.latest > install.version ? install.latest : null,
    }))
  })
}

import type { StoredEvent } from '#server/engine/history.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { readEvents } from './events.ts'

/** The whole history of a run, page by page, so that a long one is never held as a whole. */
export async function* eachPage(scope: TenantScope, { id }: { id: string }): AsyncIterable<StoredEvent[]> {
  let after = 0
  for (;;) {
    const page = await readEvents(scope, { id, after, limit: 2_000 })
    if (page.length === 0) return
    yield page
    after = page.at(-1)?.seq ?? after
  }
}

import { z } from 'zod'
import { type AttentionFilter, conditionsOf } from '#server/attention/filter.ts'
import { fitting, withPort } from '#server/attention/resolve.ts'
import { Prisma } from '#server/db/generated/client.ts'
import { AppError } from '#server/errors.ts'
import type { Resolution } from '#server/runtime/resolution.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { bulkLimits, insertJob } from './start.ts'

/** Begins to decide the same about many steps that need attention. Which ones is settled now, by their ids. */
export async function startResolve(
  scope: TenantScope,
  about: { resolution: Resolution; filter?: AttentionFilter; ids?: string[] },
) {
  const tenantId = scope.tenant.id
  const { filter = {}, ids: wanted } = about
  const resolution = fitting(about.resolution)
  const chosen = wanted ? Prisma.sql`t.id = any(${wanted}::uuid[])` : Prisma.sql`true`
  const which = Prisma.sql`${conditionsOf(tenantId, filter)} and ${chosen}`
  return scope.inTenant(async (db) => {
    const rows = await db.$queryRaw`
      select t.id from task t where ${which} order by t.id limit ${bulkLimits.runs + 1}`
    const ids = Ids.parse(rows).map(({ id }) => id)
    if (ids.length === 0) throw new AppError('not_found', 'No step that needs attention fits')
    if (ids.length > bulkLimits.runs)
      throw new AppError('limit_reached', `At most ${bulkLimits.runs} steps at once: narrow the filter`)
    if (resolution.how === 'skip') {
      const ways = Ways.parse(
        await db.$queryRaw`select distinct t.request->>'ports' as ports from task t where ${which}`,
      )
      for (const { ports } of ways) withPort(resolution, ports)
    }
    return insertJob({ db, scope }, { kind: 'resolve', ids, resolution })
  })
}

const Ids = z.array(z.object({ id: z.string() }))
const Ways = z.array(
  z.object({ ports: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))) }),
)

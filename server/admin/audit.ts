import { z } from 'zod'
import { type AuditFilter, readAudit } from '#server/audit/list.ts'
import { Prisma } from '#server/db/generated/client.ts'
import type { AdminClient } from '#server/db/open.ts'
import { builtIn, requireTenant } from './tenants.ts'

/** One tenant's log, or without one what administrators of the installation did, to whichever tenant. */
export async function readAdminAudit(
  admin: AdminClient,
  { tenantId, ...filter }: AuditFilter & { tenantId?: string },
) {
  if (tenantId) await requireTenant(admin, tenantId)
  const whose = tenantId
    ? Prisma.sql`tenant_id = ${tenantId}`
    : Prisma.sql`(actor_kind = 'admin' or tenant_id = ${builtIn})`
  const { items, next } = await readAudit(admin, { ...filter, whose })
  const names = await tenantNames(
    admin,
    items.map((item) => item.tenantId),
  )
  return {
    items: items.map(({ tenantId, ...item }) => ({
      ...item,
      tenant: tenantId === builtIn ? null : { id: tenantId, name: names.get(tenantId) ?? '' },
    })),
    next,
  }
}

async function tenantNames(admin: AdminClient, ids: string[]) {
  const rows = await admin.$queryRaw`select id, name from tenant where id = any(${[...new Set(ids)]})`
  return new Map(
    z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse(rows)
      .map(({ id, name }) => [id, name]),
  )
}

import { z } from 'zod'
import { readAdminAudit } from '#server/admin/audit.ts'
import { readInstallation } from '#server/admin/dashboard.ts'
import {
  Defaults,
  OwnLimits,
  readDefaults,
  resume,
  setDefaults,
  setLimits,
  setQueuePaused,
  suspend,
} from '#server/admin/limits.ts'
import { listTenants } from '#server/admin/tenants.ts'
import { listProcesses, readQueue } from '#server/admin/work.ts'
import { Days } from '#server/dashboard/read.ts'
import { line, ShortId } from '#server/db/plain-text.ts'
import { forgetLimits } from '#server/runtime/limits.ts'
import type { Context } from '../context.ts'
import { AuditFilter, Search } from '../inputs.ts'
import { adminProcedure, router } from '../trpc.ts'
import { reviewProcedures } from './library.ts'

const ByTenant = z.strictObject({ tenantId: ShortId })
const MaybeTenant = z.strictObject({ tenantId: ShortId.optional() }).default({})

/** What is changed holds here at once, elsewhere two seconds later. */
async function changing({ parts }: Pick<Context, 'parts'>, work: Promise<void>) {
  await work
  forgetLimits(parts.databases.engine)
}

/** The installation’s administration, of all tenants; under the slug `_`. */
export const adminRouter = router({
  ...reviewProcedures,
  dashboard: adminProcedure
    .input(z.strictObject({ days: Days.default(7) }).default({ days: 7 }))
    .query(({ ctx, input }) => readInstallation(ctx.parts.databases.admin, input)),
  tenants: adminProcedure
    .input(
      z.strictObject({ search: Search.optional(), cursor: z.string().max(2_000).optional() }).default({}),
    )
    .query(({ ctx, input }) => listTenants(ctx.parts.databases.admin, input)),
  processes: adminProcedure.query(({ ctx }) => listProcesses(ctx.parts.databases.admin)),
  queue: adminProcedure.query(({ ctx }) => readQueue(ctx.parts.databases.admin)),
  defaults: adminProcedure.query(({ ctx }) => readDefaults(ctx.parts.databases.admin)),
  audit: adminProcedure
    .input(AuditFilter.extend({ tenantId: ShortId.optional() }).default({}))
    .query(({ ctx, input }) => readAdminAudit(ctx.parts.databases.admin, input)),

  setLimits: adminProcedure
    .input(OwnLimits.extend({ tenantId: ShortId }))
    .mutation(({ ctx, input }) => changing(ctx, setLimits(ctx.parts.databases.admin, input))),
  suspend: adminProcedure
    .input(ByTenant.extend({ why: line(500) }))
    .mutation(({ ctx, input }) => changing(ctx, suspend(ctx.parts.databases.admin, input))),
  resume: adminProcedure
    .input(ByTenant)
    .mutation(({ ctx, input }) => changing(ctx, resume(ctx.parts.databases.admin, input))),
  pauseQueue: adminProcedure
    .input(MaybeTenant)
    .mutation(({ ctx, input }) =>
      changing(ctx, setQueuePaused(ctx.parts.databases.admin, { ...input, at: new Date() })),
    ),
  resumeQueue: adminProcedure
    .input(MaybeTenant)
    .mutation(({ ctx, input }) =>
      changing(ctx, setQueuePaused(ctx.parts.databases.admin, { ...input, at: null })),
    ),
  setDefaults: adminProcedure
    .input(Defaults)
    .mutation(({ ctx, input }) => changing(ctx, setDefaults(ctx.parts.databases.admin, input))),
})

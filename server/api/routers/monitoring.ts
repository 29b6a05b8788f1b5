import { z } from 'zod'
import { listAudit } from '#server/audit/list.ts'
import { RunBulkKind } from '#server/bulk/job.ts'
import { cancelBulk, listBulk, readBulk } from '#server/bulk/read.ts'
import { bulkLimits, startBulk } from '#server/bulk/start.ts'
import { Days, readDashboard } from '#server/dashboard/read.ts'
import { readUsage } from '#server/usage/read.ts'
import { AuditFilter, ById, Id } from '../inputs.ts'
import { memberProcedure, router } from '../trpc.ts'
import { RunFilter } from './run-filter.ts'

const reads = memberProcedure('run.read')
const starts = memberProcedure('run.start')

export const dashboardRouter = router({
  get: reads
    .input(z.strictObject({ days: Days.default(7) }).default({ days: 7 }))
    .query(({ ctx, input }) => readDashboard(ctx.scope, input)),
})

export const usageRouter = router({
  get: reads
    .input(z.strictObject({ days: z.int().min(1).max(366).default(30) }).default({ days: 30 }))
    .query(({ ctx, input }) => readUsage({ scope: ctx.scope, engine: ctx.parts.databases.engine }, input)),
})

export const auditRouter = router({
  list: memberProcedure('audit.view')
    .input(AuditFilter.default({}))
    .query(({ ctx, input }) => listAudit(ctx.scope, input)),
})

const BulkInput = z.union([
  z.strictObject({ kind: RunBulkKind, filter: RunFilter }),
  z.strictObject({ kind: RunBulkKind, ids: z.array(Id).min(1).max(bulkLimits.runs) }),
])

export const bulkRouter = router({
  start: starts.input(BulkInput).mutation(({ ctx, input }) => startBulk(ctx.scope, input)),
  list: reads.query(({ ctx }) => listBulk(ctx.scope)),
  get: reads.input(ById).query(({ ctx, input }) => readBulk(ctx.scope, input)),
  cancel: starts.input(ById).mutation(({ ctx, input }) => cancelBulk(ctx.scope, input)),
})

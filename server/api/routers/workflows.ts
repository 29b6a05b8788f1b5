import { z } from 'zod'
import { createWorkflow } from '#server/workflows/create.ts'
import { duplicateWorkflow } from '#server/workflows/duplicate.ts'
import { listWorkflows } from '#server/workflows/list.ts'
import { setPaused } from '#server/workflows/pause.ts'
import { pollsOf } from '#server/workflows/polls.ts'
import { previewSchedule } from '#server/workflows/preview-schedule.ts'
import { publish } from '#server/workflows/publish.ts'
import { readWorkflow } from '#server/workflows/read.ts'
import { removeWorkflow } from '#server/workflows/remove.ts'
import { renameWorkflow } from '#server/workflows/rename.ts'
import { saveDraft } from '#server/workflows/save-draft.ts'
import { schedulesOf } from '#server/workflows/schedules.ts'
import { unpublish } from '#server/workflows/unpublish.ts'
import { listVersions, readVersion } from '#server/workflows/versions.ts'
import { ById, Description, Drawing, Id, Name, Revision, Search } from '../inputs.ts'
import { memberProcedure, router } from '../trpc.ts'

const reads = memberProcedure('workflow.read')
const edits = memberProcedure('workflow.edit')
const publishes = memberProcedure('workflow.publish')

export const workflowsRouter = router({
  list: reads
    .input(
      z
        .strictObject({
          search: Search.trim().optional(),
          cursor: z.string().max(500).optional(),
        })
        .default({}),
    )
    .query(({ ctx, input }) => listWorkflows(ctx.scope, input)),
  get: reads
    .input(ById)
    .query(({ ctx, input }) => readWorkflow(ctx.scope, { ...input, baseUrl: ctx.parts.baseUrl })),
  polls: reads.input(ById).query(({ ctx, input }) => pollsOf(ctx.scope, input)),
  schedules: reads.input(ById).query(({ ctx, input }) => schedulesOf(ctx.scope, input)),
  versions: reads.input(ById).query(({ ctx, input }) => listVersions(ctx.scope, input)),
  version: reads
    .input(z.strictObject({ id: Id, number: z.int().min(1) }))
    .query(({ ctx, input }) => readVersion(ctx.scope, input)),
  schedulePreview: reads
    .input(z.strictObject({ cron: z.string().max(200), zone: z.string().max(64) }))
    .query(({ input }) => previewSchedule(input, new Date())),

  create: edits
    .input(z.strictObject({ name: Name, description: Description.optional(), document: Drawing.optional() }))
    .mutation(({ ctx, input }) => createWorkflow(ctx.scope, input)),
  rename: edits
    .input(z.strictObject({ id: Id, name: Name.optional(), description: Description.optional() }))
    .mutation(({ ctx, input }) => renameWorkflow(ctx.scope, input)),
  duplicate: edits.input(ById).mutation(({ ctx, input }) => duplicateWorkflow(ctx.scope, input)),
  saveDraft: edits
    .input(z.strictObject({ id: Id, document: Drawing, revision: Revision }))
    .mutation(({ ctx, input }) => saveDraft(ctx.scope, input)),
  remove: edits.input(ById).mutation(({ ctx, input }) => removeWorkflow(ctx.scope, input)),

  publish: publishes
    .input(z.strictObject({ id: Id, revision: Revision }))
    .mutation(({ ctx, input }) => publish(ctx.scope, input)),
  unpublish: publishes.input(ById).mutation(({ ctx, input }) => unpublish(ctx.scope, input)),
  pause: publishes
    .input(ById)
    .mutation(({ ctx, input }) => setPaused(ctx.scope, { ...input, at: new Date() })),
  resume: publishes.input(ById).mutation(({ ctx, input }) => setPaused(ctx.scope, { ...input, at: null })),
})

import { z } from 'zod'
import { AttentionFilter } from '#server/attention/filter.ts'
import { countAttention, groupAttention, listAttention } from '#server/attention/list.ts'
import { readAttention } from '#server/attention/read.ts'
import { ManyResolutions, ResolutionInput } from '#server/attention/resolution-input.ts'
import { resolveAttention } from '#server/attention/resolve.ts'
import { startResolve } from '#server/bulk/start-resolve.ts'
import { ById, Id } from '../inputs.ts'
import { memberProcedure, router } from '../trpc.ts'

const reads = memberProcedure('run.read')
const resolves = memberProcedure('attention.resolve')

/** Steps that did not end well and wait for somebody to say what is to become of them. */
export const attentionRouter = router({
  list: reads
    .input(
      AttentionFilter.extend({
        cursor: z.string().max(500).optional(),
        limit: z.int().min(1).max(200).optional(),
      }).default({}),
    )
    .query(({ ctx, input }) => listAttention(ctx.scope, input)),
  groups: reads
    .input(AttentionFilter.default({}))
    .query(({ ctx, input }) => groupAttention(ctx.scope, input)),
  count: reads.input(AttentionFilter.default({})).query(({ ctx, input }) => countAttention(ctx.scope, input)),
  get: reads.input(ById).query(({ ctx, input }) => readAttention(ctx.scope, input)),
  resolve: resolves
    .input(z.strictObject({ id: Id, resolution: ResolutionInput }))
    .mutation(async ({ ctx, input }) => {
      const { scope, parts } = ctx
      await resolveAttention({ scope, runtime: parts.runtime }, input)
      return {}
    }),
  resolveMany: resolves.input(ManyResolutions).mutation(({ ctx, input }) => startResolve(ctx.scope, input)),
})

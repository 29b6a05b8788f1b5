import { tracked } from '@trpc/server'
import { z } from 'zod'
import { NodeKey } from '#nodes/graph/document.ts'
import { Json } from '#nodes/kit/json.ts'
import { compareRuns } from '#server/replay/compare-runs.ts'
import { previewReplay, replayRun } from '#server/replay/replay-run.ts'
import { retryRun, runAgain } from '#server/runs/again.ts'
import { cancelRun } from '#server/runs/cancel.ts'
import { countRuns } from '#server/runs/count.ts'
import { readEffects } from '#server/runs/effects.ts'
import { readEvents } from '#server/runs/events.ts'
import { groupFailures } from '#server/runs/groups.ts'
import { listRuns } from '#server/runs/list.ts'
import { readRun, requireRun } from '#server/runs/read.ts'
import { relatedRuns } from '#server/runs/related.ts'
import { startRun } from '#server/runs/start.ts'
import { ById, Id, Outputs, ReplayFrom } from '../inputs.ts'
import { memberProcedure, router } from '../trpc.ts'
import { whileMember } from '../while-member.ts'
import { RunFilter } from './run-filter.ts'

const reads = memberProcedure('run.read')
const starts = memberProcedure('run.start')

const Page = RunFilter.extend({
  cursor: z.string().max(500).optional(),
  limit: z.int().min(1).max(200).optional(),
}).default({})

const Replay = ReplayFrom.extend({ id: Id })

const LastEvent = z.coerce.number().int().min(0).catch(0)

export const runsRouter = router({
  list: reads.input(Page).query(({ ctx, input }) => listRuns(ctx.scope, input)),
  count: reads.input(RunFilter.default({})).query(({ ctx, input }) => countRuns(ctx.scope, input)),
  groups: reads
    .input(RunFilter.pick({ workflowId: true, from: true, to: true }).default({}))
    .query(({ ctx, input }) => groupFailures(ctx.scope, input)),
  get: reads.input(ById).query(({ ctx, input }) => readRun(ctx.scope, input)),
  events: reads
    .input(z.strictObject({ id: Id, after: z.int().min(0).default(0) }))
    .query(({ ctx, input }) => readEvents(ctx.scope, input)),

  /** Everything that happened and happens in a run; a client that reconnects goes on after its last event. */
  watch: reads
    .input(z.strictObject({ id: Id, lastEventId: z.string().max(20).nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const { scope, parts } = ctx
      await requireRun(scope, input)
      const about = {
        tenantId: scope.tenant.id,
        runId: input.id,
        after: LastEvent.parse(input.lastEventId ?? 0),
      }
      const events = whileMember(ctx, signal, (until) => parts.runtime.watch({ ...about, signal: until }))
      for await (const event of events) yield tracked(String(event.seq), event)
    }),

  /** What its steps write while they write it; nothing of before. */
  texts: reads.input(ById).subscription(async function* ({ ctx, input, signal }) {
    const { scope, parts } = ctx
    await requireRun(scope, input)
    const about = { tenantId: scope.tenant.id, runId: input.id }
    // Who asks learns at once that it listens: a run may write nothing for hours.
    yield { step: '', text: '' }
    yield* whileMember(ctx, signal, (until) => parts.runtime.texts({ ...about, signal: until }))
  }),

  /** What it did to the world outside. */
  effects: reads.input(ById).query(({ ctx, input }) => readEffects(ctx.scope, input)),

  /** The run that led to it, and the runs it led to. */
  related: reads.input(ById).query(({ ctx, input }) => relatedRuns(ctx.scope, input)),

  /** Every run of the tenant that starts or changes its state, from now on. */
  changes: reads.subscription(async function* ({ ctx, signal }) {
    const tenantId = ctx.scope.tenant.id
    yield* whileMember(ctx, signal, (until) => ctx.parts.runtime.changes({ tenantId, signal: until }))
  }),

  start: starts
    .input(
      z.strictObject({
        workflowId: Id,
        source: z.enum(['draft', 'published']),
        trigger: NodeKey.optional(),
        input: Json,
      }),
    )
    .mutation(({ ctx, input }) =>
      startRun({ scope: ctx.scope, runtime: ctx.parts.runtime }, { ...input, startedBy: 'manual' }),
    ),
  cancel: memberProcedure('run.cancel')
    .input(ById)
    .mutation(({ ctx, input }) => cancelRun({ scope: ctx.scope, runtime: ctx.parts.runtime }, input)),
  again: starts
    .input(ById)
    .mutation(({ ctx, input }) =>
      runAgain({ scope: ctx.scope, runtime: ctx.parts.runtime }, { ...input, startedBy: 'manual' }),
    ),
  /** A new run that makes up for one that failed or was cancelled. */
  retry: starts
    .input(ById)
    .mutation(({ ctx, input }) =>
      retryRun({ scope: ctx.scope, runtime: ctx.parts.runtime }, { ...input, startedBy: 'manual' }),
    ),
  /** What a replay would take over and run, or why it cannot be; `edited` names the steps whose output is given. */
  replayPlan: reads
    .input(Replay.extend({ edited: z.array(NodeKey).max(100).default([]) }))
    .query(({ ctx, input: { edited, ...input } }) =>
      previewReplay(ctx.scope, { ...input, outputs: Object.fromEntries(edited.map((key) => [key, null])) }),
    ),
  /** A new run that goes on from a step of a past one. */
  replay: starts
    .input(Replay.extend({ outputs: Outputs.default({}) }))
    .mutation(({ ctx, input }) =>
      replayRun({ scope: ctx.scope, runtime: ctx.parts.runtime }, { ...input, startedBy: 'manual' }),
    ),
  compare: reads
    .input(z.strictObject({ left: Id, right: Id }))
    .query(({ ctx, input }) => compareRuns(ctx.scope, input)),
})

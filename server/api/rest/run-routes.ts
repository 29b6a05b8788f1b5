import { z } from 'zod'
import { NodeKey } from '#nodes/graph/document.ts'
import { Json } from '#nodes/kit/json.ts'
import { Moment } from '#server/db/moment.ts'
import { prose } from '#server/db/plain-text.ts'
import { replayRun } from '#server/replay/replay-run.ts'
import { retryRun, runAgain } from '#server/runs/again.ts'
import { cancelRun } from '#server/runs/cancel.ts'
import { readEffects } from '#server/runs/effects.ts'
import { readEvents } from '#server/runs/events.ts'
import { groupFailures } from '#server/runs/groups.ts'
import { listRuns } from '#server/runs/list.ts'
import { outcomeOf } from '#server/runs/outcome.ts'
import { readRun } from '#server/runs/read.ts'
import { startRun } from '#server/runs/start.ts'
import { hasEnded, RunStatus, StartedBy } from '#server/runs/status.ts'
import { readSteps } from '#server/runs/steps.ts'
import { ById, Id, Outputs, ReplayFrom, Search } from '../inputs.ts'
import { listOf, pageQuery } from './query.ts'
import { type RestRoute, route } from './registry.ts'
import { Effect, Event, FailureGroup, Next, Nothing, Outcome, Run, RunSummary, Step } from './shapes.ts'

const Wait = z.coerce.number().min(0).max(60).default(0).meta({
  description: 'Seconds to wait for the run to end, 60 at most. It goes on when the time is up.',
})

export const runRoutes: readonly RestRoute[] = [
  route({
    method: 'POST',
    path: '/workflows/:id/runs',
    summary: 'Start a run; a repeated Idempotency-Key gives the first one’s',
    permission: 'run.start',
    repeatable: true,
    params: ById,
    query: z.strictObject({ wait: Wait }),
    body: z
      .strictObject({
        source: z.enum(['draft', 'published']).default('published'),
        trigger: NodeKey.optional().meta({
          description: 'Key of the trigger node; the manual one when absent.',
        }),
        input: Json.optional().meta({ description: 'What `trigger` is in expressions.' }),
        orderingKey: prose(200).min(1).optional().meta({
          description:
            'Runs of the workflow with the same key go one after another. In place of the one its settings compute.',
        }),
      })
      .optional(),
    isUnderWay: ({ status }) => !hasEnded(status),
    reply: Outcome,
    run: async ({ scope, parts, repeat, signal }, { params, query, body }) => {
      const { runtime } = parts
      const { runId } = await startRun(
        { scope, runtime },
        {
          workflowId: params.id,
          source: body?.source ?? 'published',
          trigger: body?.trigger,
          input: body?.input ?? null,
          orderingKey: body?.orderingKey,
          startedBy: 'api',
          ...repeat,
        },
      )
      return outcomeOf({ scope, runtime }, { id: runId, waitMs: query.wait * 1000, signal })
    },
  }),
  route({
    method: 'GET',
    path: '/runs',
    summary: 'List runs, newest first',
    permission: 'run.read',
    query: z.strictObject({
      workflowId: Id.optional(),
      status: listOf(RunStatus),
      startedBy: listOf(StartedBy),
      search: Search.optional(),
      failureKey: Search.optional(),
      from: Moment.optional(),
      to: Moment.optional(),
      ...pageQuery,
    }),
    reply: z.object({ items: z.array(RunSummary), next: Next }),
    run: ({ scope }, { query }) => listRuns(scope, query),
  }),
  route({
    method: 'GET',
    path: '/runs/groups',
    summary: 'Failures grouped by cause, the latest cause first',
    permission: 'run.read',
    query: z.strictObject({ workflowId: Id.optional(), from: Moment.optional(), to: Moment.optional() }),
    reply: z.object({ items: z.array(FailureGroup) }),
    run: async ({ scope }, { query }) => ({ items: await groupFailures(scope, query) }),
  }),
  route({
    method: 'POST',
    path: '/runs/:id/retry',
    summary: 'Start a new run that makes up for one that failed or was cancelled',
    permission: 'run.start',
    params: ById,
    status: 202,
    reply: z.object({ runId: Id }),
    run: ({ scope, parts }, { params }) =>
      retryRun({ scope, runtime: parts.runtime }, { ...params, startedBy: 'api' }),
  }),
  route({
    method: 'POST',
    path: '/runs/:id/replay',
    summary: 'Start a new run that goes on from a step of a past one; what came before is taken over',
    permission: 'run.start',
    params: ById,
    body: ReplayFrom.extend({ outputs: Outputs.default({}) }),
    status: 202,
    reply: z.object({ runId: Id }),
    run: ({ scope, parts }, { params, body }) =>
      replayRun({ scope, runtime: parts.runtime }, { ...params, ...body, startedBy: 'api' }),
  }),
  route({
    method: 'GET',
    path: '/runs/:id',
    summary: 'Read a run with its input and outcome',
    permission: 'run.read',
    params: ById,
    reply: z.object({ run: Run }),
    run: async ({ scope }, { params }) => {
      const { run } = await readRun(scope, params)
      return { run }
    },
  }),
  route({
    method: 'GET',
    path: '/runs/:id/steps',
    summary: 'The steps of a run in the order they began',
    permission: 'run.read',
    params: ById,
    reply: z.object({ items: z.array(Step) }),
    run: ({ scope }, { params }) => readSteps(scope, params),
  }),
  route({
    method: 'GET',
    path: '/runs/:id/effects',
    summary: 'What a run did to the world outside, with which keys, and how that ended',
    permission: 'run.read',
    params: ById,
    reply: z.object({ items: z.array(Effect), more: z.int() }),
    run: ({ scope }, { params }) => readEffects(scope, params),
  }),
  route({
    method: 'GET',
    path: '/runs/:id/events',
    summary: 'Everything that happened in a run after an event',
    permission: 'run.read',
    params: ById,
    query: z.strictObject({ after: z.coerce.number().int().min(0).max(2_147_483_647).default(0) }),
    reply: z.object({ items: z.array(Event) }),
    run: async ({ scope }, { params, query }) => ({
      items: await readEvents(scope, { ...params, ...query }),
    }),
  }),
  route({
    method: 'POST',
    path: '/runs/:id/cancel',
    summary: 'Ask a run to stop',
    permission: 'run.cancel',
    params: ById,
    body: z.strictObject({ reason: prose(500).optional() }).optional(),
    status: 204,
    reply: Nothing,
    run: ({ scope, parts }, { params, body }) =>
      cancelRun(
        { scope, runtime: parts.runtime },
        { ...params, reason: body?.reason ?? 'Cancelled through the API' },
      ),
  }),
  route({
    method: 'POST',
    path: '/runs/:id/again',
    summary: 'Start a new run of the same version with the same input',
    permission: 'run.start',
    params: ById,
    status: 202,
    reply: z.object({ runId: Id }),
    run: ({ scope, parts }, { params }) =>
      runAgain({ scope, runtime: parts.runtime }, { ...params, startedBy: 'api' }),
  }),
]

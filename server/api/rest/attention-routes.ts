import { z } from 'zod'
import { AttentionFilter } from '#server/attention/filter.ts'
import { listAttention } from '#server/attention/list.ts'
import { readAttention } from '#server/attention/read.ts'
import { ManyResolutions, ResolutionInput } from '#server/attention/resolution-input.ts'
import { resolveAttention } from '#server/attention/resolve.ts'
import { readBulk } from '#server/bulk/read.ts'
import { startResolve } from '#server/bulk/start-resolve.ts'
import { ById } from '../inputs.ts'
import { pageQuery } from './query.ts'
import { type RestRoute, route } from './registry.ts'
import { Attention, AttentionSummary, BulkJob, Next, Nothing } from './shapes.ts'

export const attentionRoutes: readonly RestRoute[] = [
  route({
    method: 'GET',
    path: '/attention',
    summary: 'List steps that need attention, newest first',
    permission: 'run.read',
    query: AttentionFilter.extend(pageQuery),
    reply: z.object({ items: z.array(AttentionSummary), next: Next }),
    run: ({ scope }, { query }) => listAttention(scope, query),
  }),
  route({
    method: 'GET',
    path: '/attention/:id',
    summary: 'Read one of them: its parameters as they were, and what was decided',
    permission: 'run.read',
    params: ById,
    reply: z.object({ attention: Attention }),
    run: async ({ scope }, { params }) => ({ attention: await readAttention(scope, params) }),
  }),
  route({
    method: 'POST',
    path: '/attention/:id/resolve',
    summary: 'Decide about one, once: retry it, skip it or let it fail',
    permission: 'attention.resolve',
    params: ById,
    body: z.strictObject({ resolution: ResolutionInput }),
    status: 204,
    reply: Nothing,
    run: ({ scope, parts }, { params, body }) =>
      resolveAttention({ scope, runtime: parts.runtime }, { ...params, ...body }),
  }),
  route({
    method: 'POST',
    path: '/attention/resolve',
    summary: 'Decide the same about many, in a job',
    permission: 'attention.resolve',
    body: ManyResolutions,
    status: 202,
    reply: z.object({ job: BulkJob }),
    run: async ({ scope }, { body }) => {
      const { id } = await startResolve(scope, body)
      return { job: await readBulk(scope, { id }) }
    },
  }),
  route({
    method: 'GET',
    path: '/jobs/:id',
    summary: 'Read how far a job is',
    permission: 'run.read',
    params: ById,
    reply: z.object({ job: BulkJob }),
    run: async ({ scope }, { params }) => ({ job: await readBulk(scope, params) }),
  }),
]

import { z } from 'zod'
import { checkDocument, checkDraft } from '#server/workflows/check-draft.ts'
import { createWorkflow } from '#server/workflows/create.ts'
import { listWorkflows } from '#server/workflows/list.ts'
import { publish } from '#server/workflows/publish.ts'
import { readWorkflow } from '#server/workflows/read.ts'
import { removeWorkflow } from '#server/workflows/remove.ts'
import { renameWorkflow } from '#server/workflows/rename.ts'
import { saveDraft } from '#server/workflows/save-draft.ts'
import { unpublish } from '#server/workflows/unpublish.ts'
import { listVersions, readVersion } from '#server/workflows/versions.ts'
import { ById, Description, Drawing, Id, Name, Revision, Search } from '../inputs.ts'
import { pageQuery } from './query.ts'
import { type RestRoute, route } from './registry.ts'
import { Created, Next, Nothing, Problems, Version, Workflow, WorkflowSummary } from './shapes.ts'

export const workflowRoutes: readonly RestRoute[] = [
  route({
    method: 'GET',
    path: '/workflows',
    summary: 'List workflows, the last changed first',
    permission: 'workflow.read',
    query: z.strictObject({ search: Search.optional(), ...pageQuery }),
    reply: z.object({ items: z.array(WorkflowSummary), next: Next }),
    run: ({ scope }, { query }) => listWorkflows(scope, query),
  }),
  route({
    method: 'POST',
    path: '/workflows',
    summary: 'Create a workflow',
    permission: 'workflow.edit',
    body: z.strictObject({ name: Name, description: Description.optional(), document: Drawing.optional() }),
    status: 201,
    reply: Created,
    run: ({ scope }, { body }) => createWorkflow(scope, body),
  }),
  route({
    method: 'POST',
    path: '/workflows/check',
    summary: 'Say what is wrong with a document that is not stored',
    permission: 'workflow.read',
    body: z.strictObject({ document: Drawing }),
    reply: Problems,
    run: ({ scope }, { body }) => checkDocument(scope, body),
  }),
  route({
    method: 'GET',
    path: '/workflows/:id',
    summary: 'Read a workflow with its draft',
    permission: 'workflow.read',
    params: ById,
    reply: Workflow,
    run: ({ scope, parts }, { params }) => readWorkflow(scope, { ...params, baseUrl: parts.baseUrl }),
  }),
  route({
    method: 'PATCH',
    path: '/workflows/:id',
    summary: 'Change the name or the description',
    permission: 'workflow.edit',
    params: ById,
    body: z.strictObject({ name: Name.optional(), description: Description.optional() }),
    status: 204,
    reply: Nothing,
    run: ({ scope }, { params, body }) => renameWorkflow(scope, { ...params, ...body }),
  }),
  route({
    method: 'DELETE',
    path: '/workflows/:id',
    summary: 'Delete a workflow with its versions and finished runs',
    permission: 'workflow.edit',
    params: ById,
    status: 204,
    reply: Nothing,
    run: ({ scope }, { params }) => removeWorkflow(scope, params),
  }),
  route({
    method: 'PUT',
    path: '/workflows/:id/draft',
    summary: 'Replace the draft; with `revision` only if nobody saved since',
    permission: 'workflow.edit',
    params: ById,
    body: z.strictObject({ document: Drawing, revision: Revision.optional() }),
    reply: z.object({ revision: Revision }),
    run: ({ scope }, { params, body }) => saveDraft(scope, { ...params, ...body }),
  }),
  route({
    method: 'POST',
    path: '/workflows/:id/check',
    summary: 'Say what is wrong with the draft',
    permission: 'workflow.read',
    params: ById,
    reply: Problems,
    run: ({ scope }, { params }) => checkDraft(scope, params),
  }),
  route({
    method: 'POST',
    path: '/workflows/:id/publish',
    summary: 'Publish the draft as a new version; with `revision` only if nobody saved since',
    permission: 'workflow.publish',
    params: ById,
    body: z.strictObject({ revision: Revision.optional() }).optional(),
    reply: z.object({ version: z.int() }),
    run: ({ scope }, { params, body }) => publish(scope, { ...params, ...body }),
  }),
  route({
    method: 'POST',
    path: '/workflows/:id/unpublish',
    summary: 'Stop its triggers; runs that were accepted go on',
    permission: 'workflow.publish',
    params: ById,
    status: 204,
    reply: Nothing,
    run: ({ scope }, { params }) => unpublish(scope, params),
  }),
  route({
    method: 'GET',
    path: '/workflows/:id/versions',
    summary: 'List what was published, newest first',
    permission: 'workflow.read',
    params: ById,
    reply: z.object({ items: z.array(Version) }),
    run: async ({ scope }, { params }) => ({ items: await listVersions(scope, params) }),
  }),
  route({
    method: 'GET',
    path: '/workflows/:id/versions/:number',
    summary: 'Read a version',
    permission: 'workflow.read',
    params: z.strictObject({ id: Id, number: z.coerce.number().int().min(1).max(2_147_483_647) }),
    reply: z.object({ number: z.int(), createdAt: z.iso.datetime(), document: Drawing }),
    run: ({ scope }, { params }) => readVersion(scope, params),
  }),
]

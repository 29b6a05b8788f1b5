import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { answerTask } from '#server/tasks/answer.ts'
import { listTasks } from '#server/tasks/list.ts'
import { readTask } from '#server/tasks/read.ts'
import { TaskStatus } from '#server/tasks/task.ts'
import { ById } from '../inputs.ts'
import { pageQuery } from './query.ts'
import { type RestRoute, route } from './registry.ts'
import { Next, Nothing, Task, TaskSummary } from './shapes.ts'

export const taskRoutes: readonly RestRoute[] = [
  route({
    method: 'GET',
    path: '/tasks',
    summary: 'List what runs ask of people, newest first',
    permission: 'task.read',
    query: z.strictObject({
      status: TaskStatus.optional(),
      mine: z
        .enum(['true', 'false'])
        .optional()
        .meta({ description: 'Only what the maker of the key may answer.' }),
      ...pageQuery,
    }),
    reply: z.object({ items: z.array(TaskSummary), next: Next }),
    run: ({ scope, role }, { query: { mine, ...query } }) =>
      listTasks(scope, { ...query, mine: mine === 'true', role }),
  }),
  route({
    method: 'GET',
    path: '/tasks/:id',
    summary: 'Read what is asked, and the answer once there is one',
    permission: 'task.read',
    params: ById,
    reply: z.object({ task: Task }),
    run: async ({ scope, role }, { params }) => ({ task: await readTask(scope, { ...params, role }) }),
  }),
  route({
    method: 'POST',
    path: '/tasks/:id/answer',
    summary: 'Answer a task, once; the run goes on',
    permission: 'task.answer',
    params: ById,
    body: z.strictObject({
      value: Json.meta({
        description: 'Of an approval `{ approved, comment?, data? }`, of a form its fields.',
      }),
    }),
    status: 204,
    reply: Nothing,
    run: ({ scope, parts, role }, { params, body }) =>
      answerTask({ scope, runtime: parts.runtime }, { ...params, ...body, role }),
  }),
]

import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import { answerTask } from '#server/tasks/answer.ts'
import { countTasks, listTasks } from '#server/tasks/list.ts'
import { readTask } from '#server/tasks/read.ts'
import { TaskStatus } from '#server/tasks/task.ts'
import { ById, Id } from '../inputs.ts'
import { memberProcedure, router } from '../trpc.ts'

const reads = memberProcedure('task.read')

/** What runs ask of people. Who may answer, each task says itself. */
export const tasksRouter = router({
  list: reads
    .input(
      z
        .strictObject({
          status: TaskStatus.optional(),
          mine: z.boolean().optional(),
          cursor: z.string().max(500).optional(),
          limit: z.int().min(1).max(200).optional(),
        })
        .default({}),
    )
    .query(({ ctx, input }) => listTasks(ctx.scope, { ...input, role: ctx.member.role })),
  get: reads.input(ById).query(({ ctx, input }) => readTask(ctx.scope, { ...input, role: ctx.member.role })),
  count: reads.query(({ ctx }) => countTasks(ctx.scope, { role: ctx.member.role })),
  answer: memberProcedure('task.answer')
    .input(z.strictObject({ id: Id, value: Json }))
    .mutation(async ({ ctx, input }) => {
      const { scope, parts, member } = ctx
      await answerTask({ scope, runtime: parts.runtime }, { ...input, role: member.role })
      return {}
    }),
})

import { z } from 'zod'
import { listAlerts } from '#server/alerts/list.ts'
import { NewRule } from '#server/alerts/rule.ts'
import { createRule, listRules, removeRule, updateRule } from '#server/alerts/rules.ts'
import { testRule } from '#server/alerts/test-rule.ts'
import { ById, Id } from '../inputs.ts'
import { memberProcedure, router } from '../trpc.ts'

const manages = memberProcedure('alert.manage')

const { name, workflowId, condition, channel } = NewRule.shape
const ChangedRule = z.strictObject({
  id: Id,
  name: name.optional(),
  workflowId,
  condition: condition.optional(),
  channel: channel.optional(),
  enabled: z.boolean().optional(),
  quietMinutes: z.int().min(0).max(10_080).optional(),
})

export const alertsRouter = router({
  list: memberProcedure('run.read')
    .input(z.strictObject({ cursor: z.string().max(500).optional() }).default({}))
    .query(({ ctx, input }) => listAlerts(ctx.scope, input)),
  rules: manages.query(({ ctx }) => listRules(ctx.scope)),
  createRule: manages
    .input(NewRule)
    .mutation(({ ctx, input }) => createRule({ scope: ctx.scope, vault: ctx.parts.vault }, input)),
  updateRule: manages
    .input(ChangedRule)
    .mutation(({ ctx, input }) => updateRule({ scope: ctx.scope, vault: ctx.parts.vault }, input)),
  removeRule: manages.input(ById).mutation(({ ctx, input }) => removeRule(ctx.scope, input)),
  testRule: manages
    .input(ById)
    .mutation(({ ctx, input }) => testRule({ scope: ctx.scope, engine: ctx.parts.databases.engine }, input)),
})

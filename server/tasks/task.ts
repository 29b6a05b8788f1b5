import { z } from 'zod'
import { Json } from '#nodes/kit/json.ts'
import type { QuestionRequest } from '#nodes/kit/sub-step.ts'
import { Role, roles } from '#server/tenants/policy.ts'

/** What people answer; calls of workflows and callers from outside are tasks too, and nobody sees those. */
export const taskKinds = ['approval', 'form'] as const
export const TaskKind = z.enum(taskKinds)
export const TaskStatus = z.enum(['open', 'answered', 'expired', 'cancelled'])
export type TaskStatus = z.infer<typeof TaskStatus>

/** What a step asks, as it was stored. */
export const Request: z.ZodType<QuestionRequest> = z.object({
  message: z.string().optional(),
  data: Json.optional(),
  editable: z.boolean().optional(),
  tool: z.object({ node: z.string(), name: z.string(), agent: z.string() }).optional(),
  fields: Json.optional(),
  path: z.string().optional(),
})

/** A row as the list reads it. */
export const TaskRow = z.object({
  id: z.string(),
  kind: TaskKind,
  title: z.string(),
  status: TaskStatus,
  role: Role.nullable(),
  runId: z.string(),
  step: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  createdAt: z.date(),
  deadlineAt: z.date().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: z.date().nullable(),
})
export type TaskRow = z.infer<typeof TaskRow>

/** Whether a member of that role may answer what asks for this one at least. */
export const mayAnswer = (own: Role, least: Role | null) =>
  least === null || roles.indexOf(own) >= roles.indexOf(least)

/** The roles that ask for no more than this one. */
export const rolesUpTo = (own: Role) => roles.filter((role) => mayAnswer(own, role))

/** A task as lists show it to a member of that role. */
export function taskSummary(row: TaskRow, own: Role) {
  const { workflowId, workflowName, createdAt, deadlineAt, answeredAt, ...task } = row
  return {
    ...task,
    workflow: { id: workflowId, name: workflowName },
    createdAt: createdAt.toISOString(),
    deadlineAt: deadlineAt?.toISOString() ?? null,
    answeredAt: answeredAt?.toISOString() ?? null,
    mayAnswer: row.status === 'open' && mayAnswer(own, row.role),
  }
}

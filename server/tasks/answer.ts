import type { Json } from '#nodes/kit/json.ts'
import { AppError } from '#server/errors.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { Role } from '#server/tenants/policy.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { checkedAnswer } from './check-answer.ts'
import { readTask } from './read.ts'
import { mayAnswer } from './task.ts'

/** Answers a task, once, if the member's role is the one it asks for. The run goes on soon after. */
export async function answerTask(
  { scope, runtime }: { scope: TenantScope; runtime: Pick<Runtime, 'answer'> },
  { id, value, role }: { id: string; value: Json; role: Role },
): Promise<void> {
  const task = await readTask(scope, { id, role })
  if (!mayAnswer(role, task.role))
    throw new AppError('forbidden', `Only a member who is ${task.role} or more may answer this`)
  if (task.status !== 'open') throw closed(task.status)
  const answer = checkedAnswer(task, value)
  const { tenant, actor } = scope
  const told = await runtime.answer({ tenantId: tenant.id, taskId: id, answer, by: actor })
  if (told === 'closed') throw closed((await readTask(scope, { id, role })).status)
}

const closed = (status: string) => new AppError('conflict', 'This needs no answer any more', { status })

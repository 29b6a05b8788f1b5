import { Json } from '#nodes/kit/json.ts'
import { decodeJson } from '#server/db/json.ts'
import { notFound } from '#server/errors.ts'
import type { Role } from '#server/tenants/policy.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { Request, TaskRow, taskKinds, taskSummary } from './task.ts'

/** One task with what is asked and, once there is one, the answer. */
export async function readTask(scope: TenantScope, { id, role }: { id: string; role: Role }) {
  const found = await scope.inTenant((db) =>
    db.task.findFirst({
      where: { tenantId: scope.tenant.id, id, kind: { in: [...taskKinds] } },
      include: { run: { select: { workflow: { select: { id: true, name: true } } } } },
    }),
  )
  if (!found) throw notFound()
  const { workflow } = found.run
  const row = TaskRow.parse({ ...found, workflowId: workflow.id, workflowName: workflow.name })
  return {
    ...taskSummary(row, role),
    request: Request.parse(decodeJson(found.request)),
    answer: Json.parse(found.answer === null ? null : decodeJson(found.answer)),
  }
}

import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { newId } from '#server/db/id.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { AppError } from '#server/errors.ts'
import { nextTimes } from '#server/runtime/next-times.ts'
import { type HookTrigger, triggersOf } from './triggers-of.ts'

interface Version {
  tenantId: string
  workflowId: string
  version: number
  document: WorkflowDocument
}

/** Replaces what starts a workflow by what this version wants. Refuses an address that another workflow has. */
export async function registerTriggers(db: TenantDb, about: Version) {
  const { tenantId, workflowId, version } = about
  const { hooks, schedules } = triggersOf(about.document)
  await clearTriggers(db, { tenantId, workflowId })
  if (hooks.length > 0) {
    // Held until commit: without it two publishes could take GET and ANY of one path at the same moment.
    await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`hooks ${tenantId}`}, 0))`
    await refuseTaken(db, { tenantId, hooks })
  }
  await db.hook.createMany({
    data: hooks.map((hook) => ({ tenantId, id: newId(), workflowId, version, ...hook })),
  })
  await db.schedule.createMany({
    data: schedules.map((schedule) => ({
      tenantId,
      id: newId(),
      workflowId,
      version,
      ...schedule,
      nextAt: nextTimes(schedule, { after: new Date(), count: 1 })[0] ?? null,
    })),
  })
}

/** From now on nothing outside starts it. */
export async function clearTriggers(db: TenantDb, about: { tenantId: string; workflowId: string }) {
  await db.hook.deleteMany({ where: about })
  await db.schedule.deleteMany({ where: about })
}

async function refuseTaken(db: TenantDb, { tenantId, hooks }: { tenantId: string; hooks: HookTrigger[] }) {
  const taken = await db.hook.findMany({
    where: { tenantId, path: { in: hooks.map(({ path }) => path) } },
    include: { workflow: { select: { id: true, name: true } } },
  })
  for (const { nodeKey, method, path } of hooks) {
    const other = taken.find((hook) => hook.path === path && overlaps(hook.method, method))
    if (other)
      throw new AppError(
        'conflict',
        `The workflow “${other.workflow.name}” already answers ${other.method} /${path}. Choose another path or method.`,
        { node: nodeKey, field: 'params.path', workflow: other.workflow },
      )
  }
}

function overlaps(one: string, other: string) {
  return one === other || one === 'ANY' || other === 'ANY'
}

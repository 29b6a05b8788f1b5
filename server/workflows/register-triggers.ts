import type { WorkflowDocument } from '#nodes/graph/document.ts'
import type { AnyNode } from '#nodes/kit/define-node.ts'
import { newId } from '#server/db/id.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import { nextTimes } from '#server/runtime/next-times.ts'
import { refuseKept, refuseTaken } from './refuse-addresses.ts'
import { registerPolls } from './register-polls.ts'
import { triggersOf } from './triggers-of.ts'

interface Version {
  tenantId: string
  workflowId: string
  version: number
  document: WorkflowDocument
  /** The nodes it knows; tests add their own. */
  find?: (type: string, version: number) => AnyNode | undefined
}

/** Replaces what starts a workflow by what this version wants. Refuses an address that another workflow has. */
export async function registerTriggers(db: TenantDb, about: Version) {
  const { tenantId, workflowId, version, document, find } = about
  const { hooks, schedules, polls } = triggersOf(document, { workflowId, ...(find ? { find } : {}) })
  refuseKept(hooks)
  await db.hook.deleteMany({ where: { tenantId, workflowId } })
  await db.schedule.deleteMany({ where: { tenantId, workflowId } })
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
  await registerPolls(db, { tenantId, workflowId, version, document, polls })
}

/** From now on nothing outside starts it. */
export async function clearTriggers(db: TenantDb, about: { tenantId: string; workflowId: string }) {
  await db.hook.deleteMany({ where: about })
  await db.schedule.deleteMany({ where: about })
  await db.poll.deleteMany({ where: about })
}

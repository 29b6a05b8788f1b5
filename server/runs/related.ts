import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { requireRun } from './read.ts'
import { RunStatus, StartedBy } from './status.ts'

/** More runs than this were not called by hand: the list of runs has them all. */
const MOST = 100

/**
 * The run that led to this one, and the runs it led to: those it called, and those its failure started. Also the run it
 * replays, and those that replay it.
 */
export async function relatedRuns(scope: TenantScope, { id }: { id: string }) {
  await requireRun(scope, { id })
  const tenantId = scope.tenant.id
  const select = {
    id: true,
    status: true,
    startedBy: true,
    createdAt: true,
    workflow: { select: { id: true, name: true } },
  } as const
  return scope.inTenant(async (db) => {
    const own = await db.run.findUnique({
      where: { tenantId_id: { tenantId, id } },
      select: { parentRunId: true, replayOf: true },
    })
    const find = async (which: string | null | undefined) =>
      which ? db.run.findUnique({ where: { tenantId_id: { tenantId, id: which } }, select }) : null
    const parent = await find(own?.parentRunId)
    const replayed = await find(own?.replayOf)
    const children = await db.run.findMany({
      where: { tenantId, parentRunId: id },
      orderBy: { createdAt: 'asc' },
      take: MOST,
      select,
    })
    const replays = await db.run.findMany({
      where: { tenantId, replayOf: id },
      orderBy: { createdAt: 'desc' },
      take: MOST,
      select,
    })
    return {
      parent: parent && shown(parent),
      children: children.map(shown),
      /** The past run it repeats from a step on, and those that repeat it, the newest first. */
      replayed: replayed && shown(replayed),
      replays: replays.map(shown),
    }
  })
}

interface Row {
  id: string
  status: string
  startedBy: string
  createdAt: Date
  workflow: { id: string; name: string }
}

const shown = ({ id, status, startedBy, createdAt, workflow }: Row) => ({
  ...{ id, workflow, createdAt: createdAt.toISOString() },
  status: RunStatus.parse(status),
  startedBy: StartedBy.parse(startedBy),
})

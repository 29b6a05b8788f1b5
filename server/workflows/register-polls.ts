import { isDeepStrictEqual } from 'node:util'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { newId } from '#server/db/id.ts'
import type { TenantDb } from '#server/db/tenant.ts'
import type { PollTrigger } from './triggers-of.ts'

interface Version {
  tenantId: string
  workflowId: string
  version: number
  document: WorkflowDocument
  polls: readonly PollTrigger[]
}

/**
 * Replaces a workflow's polling triggers. One that asks the same as before goes on where it stood, so that publishing
 * again misses nothing; one that asks something else begins anew.
 */
export async function registerPolls(db: TenantDb, about: Version): Promise<void> {
  const { tenantId, workflowId, version, document, polls } = about
  const before = await db.poll.findMany({ where: { tenantId, workflowId } })
  for (const { nodeKey, everyMs } of polls) {
    const row = before.find((one) => one.nodeKey === nodeKey)
    const where = { tenantId, workflowId, number: row?.version ?? 0 }
    const former = row ? await db.workflowVersion.findFirst({ where, select: { document: true } }) : null
    const asks = asked(document, nodeKey)
    const isSame = former && isDeepStrictEqual(asked(WorkflowDocument.parse(former.document), nodeKey), asks)
    if (row && isSame)
      await db.poll.updateMany({
        where: { tenantId, id: row.id },
        data: { version, everyMs, nextAt: new Date(), failures: 0 },
      })
    else {
      if (row) await db.poll.deleteMany({ where: { tenantId, id: row.id } })
      const data = { tenantId, id: newId(), workflowId, version, nodeKey, everyMs, nextAt: new Date() }
      await db.poll.create({ data })
    }
  }
  const nodeKey = { notIn: polls.map((poll) => poll.nodeKey) }
  await db.poll.deleteMany({ where: { tenantId, workflowId, nodeKey } })
}

/** What a cursor is about: how often it is asked is not part of it. */
function asked(document: WorkflowDocument, nodeKey: string) {
  const node = document.nodes.find(({ key }) => key === nodeKey)
  if (!node) return null
  const { everyMinutes: _, ...params } = node.params
  return { type: node.type, connection: node.connection, params }
}

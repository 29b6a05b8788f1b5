import type { z } from 'zod'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { AppClient } from '#server/db/open.ts'
import { inTenant } from '#server/db/tenant.ts'
import { notFound } from '#server/errors.ts'

interface PublishedTrigger {
  tenantId: string
  workflowId: string
  version: number
  nodeKey: string
}

/** The parameters of the trigger that an address belongs to, as they were published. */
export async function triggerParams<Params extends z.ZodType>(
  app: AppClient,
  { trigger, params }: { trigger: PublishedTrigger; params: Params },
): Promise<z.output<Params>> {
  const { tenantId, workflowId, version: number, nodeKey } = trigger
  const found = await inTenant(app, tenantId, (db) =>
    db.workflowVersion.findUnique({
      where: { tenantId_workflowId_number: { tenantId, workflowId, number } },
      select: { document: true },
    }),
  )
  const node = found && WorkflowDocument.parse(found.document).nodes.find(({ key }) => key === nodeKey)
  // Unpublished or deleted since its address was looked up.
  if (!node) throw notFound()
  return params.parse(node.params)
}

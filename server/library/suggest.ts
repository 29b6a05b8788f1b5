import { findInfo } from '#nodes/catalog-info.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { capabilitiesOf } from '#nodes/graph/library/capabilities.ts'
import { Parameters } from '#nodes/graph/library/parameter.ts'
import { secretsIn } from '#nodes/graph/library/secrets.ts'
import { fillable, parametersOf } from '#nodes/graph/library/suggest.ts'
import type { AuthClient } from '#server/db/open.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchWorkflow } from '#server/workflows/read.ts'

/** What publishing a workflow begins with: what was published of it last, and what installers could fill in. */
export async function suggestItem(
  scope: TenantScope,
  { workflowId, people }: { workflowId: string; people: AuthClient },
) {
  const tenantId = scope.tenant.id
  return scope.inTenant(async (db) => {
    const workflow = await db.workflow.findUnique({
      where: { tenantId_id: { tenantId, id: workflowId } },
      select: { name: true, description: true, draft: true },
    })
    if (!workflow) throw noSuchWorkflow()
    const draft = WorkflowDocument.parse(workflow.draft)
    const item = await db.libraryItem.findFirst({
      where: { tenantId, workflowId },
      include: { versions: { orderBy: { number: 'desc' }, take: 1 }, shares: true },
    })
    const last = item?.versions[0]
    const shared = await people.tenant.findMany({
      where: { id: { in: item?.shares.map(({ toTenantId }) => toTenantId) ?? [] } },
      select: { slug: true },
    })
    return {
      item: item && {
        id: item.id,
        version: last?.number ?? null,
        review: last?.review ?? null,
        visibility: last?.review === 'pending' ? 'installation' : item.visibility,
        withdrawn: item.withdrawnAt !== null,
        shareWith: shared.map(({ slug }) => slug),
      },
      name: last?.name ?? workflow.name,
      summary: last?.summary ?? workflow.description.slice(0, 200),
      icon: last?.icon ?? 'workflow',
      tags: last?.tags ?? [],
      readme: last?.readme ?? '',
      parameters: last ? Parameters.parse(last.parameters) : parametersOf(draft, findInfo),
      fillable: fillable(draft, findInfo)
        .slice(0, 500)
        .map(({ node, path, value, schema }) => ({
          node,
          path,
          value: typeof value === 'number' ? value : String(value).slice(0, 2_000),
          title: typeof schema.title === 'string' ? schema.title : '',
          options: Array.isArray(schema.enum) ? schema.enum.filter((one) => typeof one === 'string') : [],
          multiline: schema.widget === 'multiline',
        })),
      nodes: draft.nodes.map(({ key, type, name }) => ({ key, type, name: name ?? null })),
      capabilities: capabilitiesOf(draft, findInfo),
      secrets: secretsIn(draft),
    }
  })
}

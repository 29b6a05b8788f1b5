import { findInfo } from '#nodes/catalog-info.ts'
import { check } from '#nodes/graph/check.ts'
import type { Problem, WorkflowDocument } from '#nodes/graph/document.ts'
import type { TenantDb } from '#server/db/tenant.ts'

/** What is wrong with a document: what the browser finds too, and its connections, which only we can look up. */
export async function problemsOf(
  db: TenantDb,
  { tenantId, document }: { tenantId: string; document: WorkflowDocument },
): Promise<Problem[]> {
  return [...check(document, findInfo), ...(await connectionProblems(db, { tenantId, document }))]
}

async function connectionProblems(
  db: TenantDb,
  { tenantId, document }: { tenantId: string; document: WorkflowDocument },
): Promise<Problem[]> {
  const ids = document.nodes.flatMap(({ connection }) => connection ?? [])
  if (ids.length === 0) return []
  const found = await db.connection.findMany({
    where: { tenantId, id: { in: ids } },
    select: { id: true, kind: true, name: true },
  })
  const byId = new Map(found.map((connection) => [connection.id, connection]))
  return document.nodes.flatMap((node): Problem[] => {
    if (!node.connection) return []
    const connection = byId.get(node.connection)
    if (!connection)
      return [problem(node.key, 'unknown_connection', 'Its connection does not exist; choose another')]
    const kinds = findInfo(node.type, node.version)?.connection?.kinds
    if (!kinds || kinds.includes(connection.kind)) return []
    return [
      problem(node.key, 'connection_kind', `It cannot use the connection ${connection.name}; choose another`),
    ]
  })
}

function problem(node: string, code: string, message: string): Problem {
  return { severity: 'error', code, message, node, field: 'connection' }
}

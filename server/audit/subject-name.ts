import type { TenantDb } from '#server/db/tenant.ts'

interface Named {
  tenantId: string
  id: string
}

// What people call a thing. Asked before it is changed, as afterwards it may be gone.
const readers: Record<string, (db: TenantDb, about: Named) => Promise<string | undefined>> = {
  workflow: async (db, about) =>
    (await db.workflow.findUnique({ where: { tenantId_id: about }, select: { name: true } }))?.name,
  run: async (db, about) =>
    (
      await db.run.findUnique({
        where: { tenantId_id: about },
        select: { workflow: { select: { name: true } } },
      })
    )?.workflow.name,
  connection: async (db, about) =>
    (await db.connection.findUnique({ where: { tenantId_id: about }, select: { name: true } }))?.name,
  api_key: async (db, about) =>
    (await db.apiKey.findUnique({ where: { tenantId_id: about }, select: { name: true } }))?.name,
  alert_rule: async (db, about) =>
    (await db.alertRule.findUnique({ where: { tenantId_id: about }, select: { name: true } }))?.name,
  task: async (db, about) =>
    (await db.task.findUnique({ where: { tenantId_id: about }, select: { title: true } }))?.title,
  attention: async (db, about) =>
    (await db.task.findUnique({ where: { tenantId_id: about }, select: { title: true } }))?.title,
  bulk_job: async (db, about) =>
    (await db.bulkJob.findUnique({ where: { tenantId_id: about }, select: { kind: true } }))?.kind,
  library_item: async (db, { id }) =>
    (await db.libraryItem.findFirst({ where: { id }, select: { name: true } }))?.name,
  install: async (db, about) =>
    (
      await db.install.findUnique({
        where: { tenantId_id: about },
        select: { workflow: { select: { name: true } } },
      })
    )?.workflow.name,
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The name of a thing of the tenant; empty for what has none, and for what is not there. */
export async function subjectName(
  db: TenantDb,
  { kind, ...about }: Named & { kind: string },
): Promise<string> {
  if (!uuid.test(about.id)) return ''
  return (await readers[kind]?.(db, about)) ?? ''
}

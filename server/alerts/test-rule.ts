import type pg from 'pg'
import { newId } from '#server/db/id.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchRule } from './rules.ts'

/** Sends a message as the rule would, quiet time or not. How it goes is seen in the list of alerts. */
export async function testRule(
  { scope, engine }: { scope: TenantScope; engine: pg.Pool },
  { id }: { id: string },
): Promise<{ alertId: string }> {
  const tenantId = scope.tenant.id
  const rule = await scope.inTenant((db) =>
    db.alertRule.findUnique({ where: { tenantId_id: { tenantId, id } } }),
  )
  if (!rule) throw noSuchRule()
  const alertId = newId()
  await engine.query(
    'INSERT INTO alert (tenant_id, id, rule_id, summary, detail) VALUES ($1, $2, $3, $4, $5::json)',
    [tenantId, alertId, id, `Test of the rule “${rule.name}”`, JSON.stringify({ test: true })],
  )
  return { alertId }
}

import type pg from 'pg'
import { newId } from '#server/db/id.ts'
import { AppError } from '#server/errors.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { noSuchRule } from './rules.ts'

const EVERY_MS = 600_000
const MOST = 10
const MOST_TENANTS = 5_000
/** Of each tenant, since when; kept here, as alerts go with their rule. */
const tests = new Map<string, { since: number; count: number }>()

/** A message may go by the installation's own mail server to whomever a rule names: nobody floods them. */
function refuseFlood(tenantId: string) {
  const now = performance.now()
  const before = tests.get(tenantId)
  const current = before && now - before.since < EVERY_MS ? before : { since: now, count: 0 }
  if (current.count >= MOST)
    throw new AppError('limit_reached', `At most ${MOST} tests in ten minutes: wait a little`)
  if (tests.size >= MOST_TENANTS) tests.clear()
  tests.set(tenantId, { ...current, count: current.count + 1 })
}

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
  refuseFlood(tenantId)
  const alertId = newId()
  await engine.query(
    'INSERT INTO alert (tenant_id, id, rule_id, summary, detail) VALUES ($1, $2, $3, $4, $5::json)',
    [tenantId, alertId, id, `Test of the rule “${rule.name}”`, JSON.stringify({ test: true })],
  )
  return { alertId }
}

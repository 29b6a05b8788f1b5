import type pg from 'pg'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import { asTenant } from '#server/runtime/as-tenant.ts'
import type { Log } from '#server/runtime/log.ts'
import { type ChannelParts, type Destination, send } from './channels.ts'
import { type AlertMessage, pageOf } from './message.ts'

const AT_ONCE = 10
/** A process that died while it sent one does not keep it longer. */
const LEASE_MS = 120_000
/** How long until the next try. */
const pausesMs = [30_000, 120_000, 600_000, 1_800_000, 7_200_000] as const

// Taken by moving its next try away, so that each message is in one process's hands.
const TAKE = `
UPDATE alert SET attempts = attempts + 1, next_at = now() + $1 * interval '1 ms'
WHERE (tenant_id, id) IN (
  SELECT tenant_id, id FROM alert WHERE delivery = 'pending' AND next_at <= now()
  ORDER BY next_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
)
RETURNING tenant_id, id, rule_id, summary, detail, attempts, created_at`

const RULE = `
SELECT r.name, r.kind, r.channel, r.target, r.connection_id, t.name AS tenant_name, t.slug
FROM alert_rule r JOIN tenant t ON t.id = r.tenant_id WHERE r.tenant_id = $1 AND r.id = $2`

interface Taken {
  tenant_id: string
  id: string
  rule_id: string
  summary: string
  detail: Record<string, unknown>
  attempts: number
  created_at: Date
}

interface Rule {
  name: string
  kind: string
  channel: string
  target: unknown
  connection_id: string | null
  tenant_name: string
  slug: string
}

export interface DeliveryParts extends ChannelParts {
  pool: pg.Pool
  baseUrl: string
  log: Log
}

/** Sends the messages that are due, and says of each how it went. True when there may be more. */
export async function deliverAlerts(parts: DeliveryParts): Promise<boolean> {
  const { rows } = await parts.pool.query<Taken>(TAKE, [LEASE_MS])
  await Promise.all(rows.map((row) => deliver(parts, row)))
  return rows.length === AT_ONCE
}

async function deliver(parts: DeliveryParts, row: Taken) {
  const { pool, log } = parts
  const { tenant_id: tenantId, id } = row
  try {
    const rule = await asTenant(pool, tenantId, async (db) => {
      const { rows } = await db.query<Rule>(RULE, [tenantId, row.rule_id])
      return rows[0]
    })
    if (!rule) return
    if (isByOwnMail(rule)) await refuseFlood(pool, tenantId)
    await send(parts, destinationOf(row, rule), messageOf(row, { rule, baseUrl: parts.baseUrl }))
    await pool.query(
      `UPDATE alert SET delivery = 'sent', sent_at = now(), next_at = NULL, trouble = NULL WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id],
    )
  } catch (error) {
    const pauseMs = isHopeless(error) ? undefined : pausesMs[row.attempts - 1]
    const trouble = wordsOf(error)
    log.warn({ tenantId, alertId: id, attempts: row.attempts, trouble }, 'An alert could not be delivered')
    await pool.query(
      `UPDATE alert SET trouble = $3, delivery = $4, next_at = now() + $5 * interval '1 ms' WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id, trouble, pauseMs === undefined ? 'failed' : 'pending', pauseMs ?? null],
    )
  }
}

/** The installation's mail server sends to whomever a tenant names, so each has only so much of it. */
const MAILS_PER_HOUR = 60
const MAILED = `
SELECT count(*)::int AS mailed FROM alert a JOIN alert_rule r ON r.tenant_id = a.tenant_id AND r.id = a.rule_id
WHERE a.tenant_id = $1 AND a.sent_at > now() - interval '1 hour' AND a.created_at > now() - interval '1 day'
  AND r.channel = 'email' AND r.connection_id IS NULL`

const isByOwnMail = ({ channel, connection_id }: Rule) => channel === 'email' && connection_id === null

async function refuseFlood(pool: pg.Pool, tenantId: string) {
  const { rows } = await pool.query<{ mailed: number }>(MAILED, [tenantId])
  if ((rows[0]?.mailed ?? 0) < MAILS_PER_HOUR) return
  throw fail('mail_limit', `The installation sends at most ${MAILS_PER_HOUR} alerts by mail in an hour`)
}

const destinationOf = ({ tenant_id: tenantId, rule_id: ruleId }: Taken, rule: Rule): Destination => ({
  tenantId,
  ruleId,
  target: rule.target,
  connectionId: rule.connection_id,
})

function messageOf(row: Taken, { rule, baseUrl }: { rule: Rule; baseUrl: string }): AlertMessage {
  const { slug, tenant_name: name } = rule
  return {
    id: row.id,
    rule: { id: row.rule_id, name: rule.name, kind: rule.kind },
    tenant: { name, slug },
    summary: row.summary,
    detail: row.detail,
    url: pageOf({ baseUrl, slug, detail: row.detail }),
    at: row.created_at.toISOString(),
  }
}

/** Trying again changes nothing: an address that is refused, a token that is wrong. What is a mystery may pass. */
const isHopeless = (error: unknown) => error instanceof StepFailure && !error.failure.retryable

function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  return words.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 500)
}

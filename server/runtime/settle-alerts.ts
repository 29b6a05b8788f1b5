import type pg from 'pg'

type Db = Pick<pg.ClientBase, 'query'>

// A rule is raised by whoever moves the time it was raised last: of many failures at once, one.
const isLoud = `enabled
  AND (last_raised_at IS NULL OR last_raised_at <= now() - quiet_minutes * interval '1 minute')`

const RAISE = `
WITH raised AS (
  UPDATE alert_rule SET last_raised_at = now()
  WHERE tenant_id = $1 AND kind = $2 AND (workflow_id IS NULL OR workflow_id = $3) AND ${isLoud}
  RETURNING id
)
INSERT INTO alert (tenant_id, id, rule_id, summary, detail)
SELECT $1, gen_random_uuid(), id, $4, $5::json FROM raised`

export interface FailedRun {
  tenantId: string
  runId: string
  workflow: { id: string; name: string }
  failure: { code: string; message: string; step: string | null }
}

/** A run failed: the rules on failures of its workflow, unless they are quiet. */
export async function raiseFailure(db: Db, { tenantId, runId, workflow, failure }: FailedRun): Promise<void> {
  const detail = { runId, workflowId: workflow.id, workflow: workflow.name, failure }
  const summary = `“${workflow.name}” failed${failure.step ? ` at ${failure.step}` : ''}: ${failure.message}`
  await db.query(RAISE, [tenantId, 'failure', workflow.id, cut(summary), JSON.stringify(detail)])
}

/** A schedule’s time passed without a run that began. */
export async function raiseMissed(
  db: Db,
  about: { tenantId: string; workflowId: string; at: Date; why: string },
): Promise<void> {
  const { tenantId, workflowId, at, why } = about
  const detail = { workflowId, scheduledFor: at.toISOString(), why }
  const summary = `A schedule did not run at ${at.toISOString()}: ${why}`
  await db.query(RAISE, [tenantId, 'missed_schedule', workflowId, cut(summary), JSON.stringify(detail)])
}

// Runs of drafts are somebody's tries, and count for nothing.
const RATES = `
WITH rates AS (
  SELECT r.id, s.ended, s.failed, (r.settings->>'minutes')::int AS minutes
  FROM alert_rule r
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS ended, count(*) FILTER (WHERE status = 'failed')::int AS failed FROM run
    WHERE tenant_id = r.tenant_id AND version IS NOT NULL
      AND finished_at > now() - (r.settings->>'minutes')::int * interval '1 minute'
      AND (r.workflow_id IS NULL OR run.workflow_id = r.workflow_id)
  ) s
  WHERE r.tenant_id = $1 AND r.kind = 'failure_rate' AND ${isLoud}
    AND s.ended >= (r.settings->>'least')::int AND s.failed * 100 >= (r.settings->>'percent')::float8 * s.ended
), raised AS (
  UPDATE alert_rule SET last_raised_at = now() FROM rates
  WHERE alert_rule.tenant_id = $1 AND alert_rule.id = rates.id AND ${isLoud.replaceAll(/\b(enabled|last_raised_at|quiet_minutes)\b/g, 'alert_rule.$1')}
  RETURNING rates.*
)
INSERT INTO alert (tenant_id, id, rule_id, summary, detail)
SELECT $1, gen_random_uuid(), id,
  failed || ' of ' || ended || ' runs failed in the last ' || minutes || ' minutes',
  json_build_object('failed', failed, 'ended', ended, 'minutes', minutes)
FROM raised`

/** The rules on how many of a tenant’s runs fail. */
export async function raiseRates(db: Db, tenantId: string): Promise<void> {
  await db.query(RATES, [tenantId])
}

// Due for minutes: no scheduler fired it. Or fired, and its run still waits to begin.
const OVERDUE = `
SELECT s.tenant_id, s.workflow_id, s.next_at AS at, 'its time has passed' AS why
FROM schedule s
WHERE s.next_at < now() - $1 * interval '1 ms'
  AND NOT EXISTS (SELECT FROM tenant_limit t WHERE t.tenant_id = s.tenant_id AND t.suspended_at IS NOT NULL)
UNION ALL
SELECT r.tenant_id, r.workflow_id, r.created_at, 'its run still waits in line'
FROM run r WHERE r.status = 'queued' AND r.started_by = 'schedule' AND r.created_at < now() - $1 * interval '1 ms'
ORDER BY at LIMIT 100`

const OVERDUE_MS = 300_000

/** Looks for schedules that should have run and have not. Any number of copies: a rule that was raised is quiet. */
export async function raiseOverdue(
  pool: pg.Pool,
  { afterMs = OVERDUE_MS }: { afterMs?: number } = {},
): Promise<void> {
  const { rows: rules } = await pool.query(
    `SELECT FROM alert_rule WHERE kind = 'missed_schedule' AND ${isLoud} LIMIT 1`,
  )
  if (rules.length === 0) return
  const { rows } = await pool.query<{ tenant_id: string; workflow_id: string; at: Date; why: string }>(
    OVERDUE,
    [afterMs],
  )
  for (const { tenant_id: tenantId, workflow_id: workflowId, at, why } of rows)
    await raiseMissed(pool, { tenantId, workflowId, at, why })
}

const cut = (text: string) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 500)

import type pg from 'pg'

// Of many rows of one tenant only the first is looked at: as many steps as there are tenants with such rows.
const SWEEP = `
WITH RECURSIVE waiting AS (
  (SELECT tenant_id, wake_at FROM run WHERE wake_at IS NOT NULL AND finished_at IS NULL
    ORDER BY tenant_id, wake_at LIMIT 1)
  UNION ALL
  SELECT n.tenant_id, n.wake_at FROM waiting w CROSS JOIN LATERAL (
    SELECT tenant_id, wake_at FROM run WHERE wake_at IS NOT NULL AND finished_at IS NULL AND tenant_id > w.tenant_id
    ORDER BY tenant_id, wake_at LIMIT 1) n
), bounded AS (
  (SELECT tenant_id, deadline_at FROM run WHERE deadline_at IS NOT NULL AND finished_at IS NULL
    ORDER BY tenant_id, deadline_at LIMIT 1)
  UNION ALL
  SELECT n.tenant_id, n.deadline_at FROM bounded b CROSS JOIN LATERAL (
    SELECT tenant_id, deadline_at FROM run
    WHERE deadline_at IS NOT NULL AND finished_at IS NULL AND tenant_id > b.tenant_id
    ORDER BY tenant_id, deadline_at LIMIT 1) n
), next AS (
  (SELECT tenant_id FROM run WHERE status = 'queued' AND wake_at IS NULL AND NOT behind ORDER BY tenant_id LIMIT 1)
  UNION ALL
  SELECT n.tenant_id FROM next p CROSS JOIN LATERAL (
    SELECT tenant_id FROM run WHERE status = 'queued' AND wake_at IS NULL AND NOT behind AND tenant_id > p.tenant_id
    ORDER BY tenant_id LIMIT 1) n
), ready AS (
  SELECT tenant_id FROM waiting WHERE wake_at <= now()
  UNION SELECT tenant_id FROM bounded WHERE deadline_at <= now()
  UNION SELECT tenant_id FROM next
  UNION SELECT tenant_id FROM run WHERE lease_until < now() AND finished_at IS NULL
  UNION SELECT tenant_id FROM run
    WHERE cancel_reason IS NOT NULL AND wake_at IS NULL AND finished_at IS NULL AND lease_until IS NULL
)
SELECT line_up(tenant_id) FROM (
  SELECT tenant_id FROM ready
  WHERE NOT EXISTS (SELECT FROM tenant_turn t WHERE t.tenant_id = ready.tenant_id AND t.in_line)
  ORDER BY tenant_id
) r`

/**
 * Puts the tenants in line that time or a death made ready: timers, deadlines, dead workers, lost cancels. Any number of
 * copies. Gives how many.
 */
export async function sweep(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(SWEEP)
  return rowCount ?? 0
}

const MEND = `
UPDATE run SET behind = false
FROM (
  SELECT DISTINCT ON (tenant_id, workflow_id, ordering_key) tenant_id, id, behind FROM run
  WHERE ordering_key IS NOT NULL AND finished_at IS NULL
  ORDER BY tenant_id, workflow_id, ordering_key, created_at, id
) first
WHERE first.behind AND run.tenant_id = first.tenant_id AND run.id = first.id`

/** Lets the first run of each ordering key begin, should something have kept it behind. */
export async function mendOrder(pool: pg.Pool): Promise<void> {
  await pool.query(MEND)
}

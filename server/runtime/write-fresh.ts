import type { Line } from './line.ts'
import { NEW_RUN_COLUMNS, NEW_RUN_SHAPE, NEW_RUN_VALUES, newRunRow } from './new-run-row.ts'
import { STATE_SHAPE, stateOf } from './write-state.ts'

/**
 * Runs that are written for the first time by the worker that holds them. One that has not come to its end takes a place
 * of its tenant, as a claim does; where there is none, it goes in line instead (`lined`), with nothing but its start.
 * One whose dedupe key is taken is left out.
 */
export const freshPart = (params: { rows: string; worker: string; leaseMs: string }) => `
given AS MATERIALIZED (
  SELECT g.*, row_number() OVER (PARTITION BY g.tenant_id, g.status IS NULL ORDER BY g.id) AS nth
  FROM json_to_recordset(${params.rows}::json) AS g(${NEW_RUN_SHAPE}, ${STATE_SHAPE}, ago_ms float8)
), places AS MATERIALIZED (
  -- Always in the same order: two statements that ask for the same tenants do not wait for each other.
  SELECT tenant_id, places_left(tenant_id) AS free
  FROM (SELECT DISTINCT tenant_id FROM given WHERE status IS NULL ORDER BY tenant_id) t
), placed AS (
  SELECT given.*, given.status IS NULL AND (given.nth > places.free OR EXISTS (
    SELECT FROM workflow w
    WHERE w.tenant_id = given.tenant_id AND w.id = given.workflow_id AND w.paused_at IS NOT NULL)) AS lined
  FROM given LEFT JOIN places USING (tenant_id)
), created AS (
  INSERT INTO run (${NEW_RUN_COLUMNS}, last_seq, status, output, failure, failure_key, responded, cost_usd,
    input_tokens, output_tokens, wake_at, lease_owner, lease_token, lease_until, created_at, started_at,
    finished_at, settled_at)
  SELECT ${NEW_RUN_VALUES},
    CASE WHEN lined THEN 1 ELSE last_seq END,
    CASE WHEN lined THEN 'queued' ELSE coalesce(status, 'running') END,
    CASE WHEN status = 'succeeded' THEN coalesce(output, 'null') ELSE output END,
    failure, failure_key, CASE WHEN NOT lined THEN responded END, cost, input_tokens, output_tokens,
    CASE status WHEN 'waiting' THEN to_timestamp(wake_ms / 1000) END,
    CASE WHEN status IS NULL AND NOT lined THEN ${params.worker} END,
    -- Of its own also where it goes in line: whoever takes it then has the next one, and what this drive still had to
    -- write is not taken for its.
    1,
    CASE WHEN status IS NULL AND NOT lined THEN now() + ${params.leaseMs} * interval '1 ms' END,
    now() - ago_ms * interval '1 ms',
    CASE WHEN NOT lined THEN now() - ago_ms * interval '1 ms' END,
    CASE WHEN status IN ('succeeded', 'failed', 'cancelled') THEN clock_timestamp() END,
    CASE WHEN status = 'succeeded' AND parent_task_id IS NULL THEN clock_timestamp() END
  FROM placed g
  ON CONFLICT DO NOTHING
  RETURNING run.tenant_id, run.id, run.finished_at IS NOT NULL AS over, run.started_at IS NULL AS lined
)`

export function freshRow(line: Line, create: NonNullable<Line['create']>): string {
  const { plain, texts } = stateOf(line)
  return newRunRow(create, { id: line.run.runId, more: { ...plain, ago_ms: create.agoMs() }, texts })
}

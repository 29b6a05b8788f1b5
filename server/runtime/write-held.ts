import { jsonRow } from './json-rows.ts'
import type { Line } from './line.ts'
import { STATE_SHAPE, stateOf } from './write-state.ts'

/**
 * Runs of this worker that are there already. A run whose token is stale, or which was let go, is not in `held`, and
 * nothing of it is written. An answer that came in while the run was held has set `wake_at`: it stays, so that the run
 * is woken at once. What ends well and was not called has nothing to settle.
 */
export const heldPart = (params: { rows: string; worker: string }) => `
held AS (
  UPDATE run SET
    last_seq = greatest(run.last_seq, g.last_seq),
    status = coalesce(g.status, run.status),
    output = CASE WHEN g.status = 'succeeded' THEN coalesce(g.output, 'null') ELSE g.output END,
    failure = g.failure,
    failure_key = g.failure_key,
    responded = coalesce(run.responded, g.responded),
    cost_usd = g.cost,
    input_tokens = g.input_tokens,
    output_tokens = g.output_tokens,
    wake_at = CASE coalesce(g.status, 'held')
      WHEN 'held' THEN run.wake_at
      WHEN 'waiting' THEN least(run.wake_at, to_timestamp(g.wake_ms / 1000))
    END,
    lease_owner = CASE WHEN g.status IS NULL THEN run.lease_owner END,
    lease_until = CASE WHEN g.status IS NULL THEN run.lease_until END,
    finished_at = CASE WHEN g.status IN ('succeeded', 'failed', 'cancelled') THEN clock_timestamp() END,
    settled_at = CASE WHEN g.status = 'succeeded' AND run.parent_task_id IS NULL THEN clock_timestamp() END
  FROM json_to_recordset(${params.rows}::json) AS g(tenant_id text, id uuid, token bigint, ${STATE_SHAPE})
  WHERE run.tenant_id = g.tenant_id AND run.id = g.id AND run.lease_token = g.token AND run.lease_owner = ${params.worker}
  RETURNING run.tenant_id, run.id, run.finished_at IS NOT NULL AS over, false AS lined
)`

export function heldRow(line: Line): string {
  const { tenantId, runId, token } = line.run
  const { plain, texts } = stateOf(line)
  return jsonRow({ tenant_id: tenantId, id: runId, token, ...plain }, texts)
}

import { jsonRow } from './json-rows.ts'
import type { RunRef } from './new-run.ts'
import type { NewTask } from './new-task.ts'

/** What the runs that were `kept` ask, and what nobody needs answered any more. */
export const tasksPart = (params: { rows: string; closes: string }) => `
asked AS (
  INSERT INTO task (tenant_id, run_id, id, step, name, kind, title, request, role, deadline_at, escalate_at, escalate_to,
    status)
  SELECT kept.tenant_id, t.run_id, t.id, t.step, t.name, t.kind, t.title, coalesce(t.request, 'null'), t.role,
    to_timestamp(t.deadline_ms / 1000), to_timestamp(t.escalate_ms / 1000), t.escalate_to,
    CASE WHEN kept.over THEN 'cancelled' ELSE 'open' END
  FROM json_to_recordset(${params.rows}::json) AS t(run_id uuid, id uuid, step text, name text, kind text, title text, request json,
    role text, deadline_ms float8, escalate_ms float8, escalate_to text)
  JOIN kept ON kept.id = t.run_id AND NOT kept.lined
  -- Asked again, on the way to another question: it is kept as it was asked first.
  ON CONFLICT (tenant_id, id) DO NOTHING
), closed AS (
  UPDATE task SET status = 'cancelled' FROM kept
  WHERE task.tenant_id = kept.tenant_id AND task.run_id = kept.id AND task.status = 'open'
    AND (kept.over OR task.id = ANY (${params.closes}::uuid[]))
)`

export const taskRow = ({ runId }: RunRef, task: NewTask): string =>
  jsonRow(
    {
      run_id: runId,
      id: task.id,
      step: task.step,
      name: task.name,
      kind: task.kind,
      title: task.title,
      role: task.role,
      deadline_ms: task.deadlineMs,
      escalate_ms: task.escalateMs,
      escalate_to: task.escalateTo,
    },
    { request: task.request },
  )

import type pg from 'pg'
import { z } from 'zod'
import type { StoredEvent } from '../../../server/engine/history.ts'
import { eachEvent } from '../../../server/runtime/read-events.ts'

const Row = z.object({
  tenant_id: z.string(),
  id: z.uuid(),
  workflow: z.string(),
  status: z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']),
  code: z.string().nullable(),
  message: z.string().nullable(),
  ordering_key: z.string().nullable(),
  started_by: z.string(),
  asks: z.boolean(),
  created_at: z.date(),
  finished_at: z.date().nullable(),
})

/** A run as the database has it in the end. */
export interface RunRecord {
  id: string
  tenantId: string
  workflow: string
  status: z.infer<typeof Row>['status']
  failure: { code: string; message: string } | null
  orderingKey: string | null
  startedBy: string
  /** A step of it waits for a person to say what became of it. */
  asks: boolean
  createdAt: number
  finishedAt: number | null
  events: Omit<StoredEvent, 'seq'>[]
}

const RUNS = `
SELECT r.tenant_id, r.id, w.name AS workflow, r.status, r.failure->>'code' AS code, r.failure->>'message' AS message,
  r.ordering_key, r.started_by, r.created_at, r.finished_at,
  EXISTS (SELECT FROM task t WHERE t.tenant_id = r.tenant_id AND t.run_id = r.id AND t.kind = 'attention'
    AND t.status = 'open') AS asks
FROM run r JOIN workflow w ON w.tenant_id = r.tenant_id AND w.id = r.workflow_id ORDER BY r.id`

/** Every run with its whole history. */
export async function readRecord(db: pg.Pool): Promise<RunRecord[]> {
  const { rows } = await db.query(RUNS)
  const record: RunRecord[] = []
  for (const row of z.array(Row).parse(rows)) {
    const { tenant_id: tenantId, id } = row
    const events: RunRecord['events'] = []
    await eachEvent(db, { tenantId, runId: id }, (event, at) => events.push({ event, at }))
    record.push({
      ...{ id, tenantId, events, workflow: row.workflow, status: row.status, asks: row.asks },
      failure: row.code === null ? null : { code: row.code, message: row.message ?? '' },
      orderingKey: row.ordering_key,
      startedBy: row.started_by,
      createdAt: row.created_at.getTime(),
      finishedAt: row.finished_at?.getTime() ?? null,
    })
  }
  return record
}

export const hasEnded = ({ status }: RunRecord) =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled'

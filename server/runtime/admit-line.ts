import type pg from 'pg'
import type { Bus } from './bus.ts'
import type { Log } from './log.ts'
import type { RunRef } from './new-run.ts'

/** A tenant at its limit is looked at when one of its runs ends, for so long after it was last seen to be at it. */
const REMEMBER_MS = 30_000
/** So long after a refusal the next wake-up of the tenant is not tried: whoever ends a run wakes the next. */
const FULL_MS = 250
const MOST_AT_ONCE = 50

/** Runs that wait because their tenant runs as many as it may. They stay queued; nobody asks for them in a loop. */
export interface Line {
  /** Whether trying now is no use. */
  isFull(tenantId: string): boolean
  /** A run was not taken: if that is for a limit, its tenant is remembered. */
  stayed(run: RunRef): Promise<void>
  close(): void
}

interface Place {
  until: number
  fullUntil: number
  going: boolean
  again: boolean
}

export function createLine(about: {
  pool: pg.Pool
  bus: Pick<Bus, 'subscribe'>
  wake: (runs: readonly RunRef[]) => Promise<void>
  log: Log
}): Line {
  const { pool, bus, wake, log } = about
  const places = new Map<string, Place>()

  const close = bus.subscribe((notice) => {
    if (notice.kind !== 'run' || !lettingGo.has(notice.status ?? '')) return
    const place = places.get(notice.tenantId)
    if (place) void next(notice.tenantId, place)
  })

  /** Wakes as many as there is room for. What is told meanwhile is looked at once more. */
  async function next(tenantId: string, place: Place) {
    place.fullUntil = 0
    place.again = place.going
    if (place.going) return
    place.going = true
    try {
      do {
        place.again = false
        const runs = await oldest(pool, tenantId)
        if (runs.length > 0) await wake(runs)
        else if (place.until < performance.now()) places.delete(tenantId)
      } while (place.again)
    } catch (error) {
      log.debug({ error, tenantId }, 'Who is next in line could not be found; the sweep will')
    } finally {
      place.going = false
    }
  }

  return {
    isFull: (tenantId) => (places.get(tenantId)?.fullUntil ?? 0) > performance.now(),
    async stayed({ tenantId, runId }) {
      if (!(await isInLine(pool, { tenantId, runId }))) return
      const now = performance.now()
      const place = places.get(tenantId) ?? { until: 0, fullUntil: 0, going: false, again: false }
      place.until = now + REMEMBER_MS
      place.fullUntil = now + FULL_MS
      places.set(tenantId, place)
    },
    close,
  }
}

const lettingGo = new Set(['succeeded', 'failed', 'cancelled', 'waiting'])

async function isInLine(pool: pg.Pool, { tenantId, runId }: RunRef): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT FROM run WHERE tenant_id = $1 AND id = $2 AND finished_at IS NULL AND lease_until IS NULL
       AND (status = 'queued' OR wake_at <= now())`,
    [tenantId, runId],
  )
  return rowCount === 1
}

const OLDEST = `
WITH room AS (
  SELECT least($2, coalesce(t.concurrent_runs, i.concurrent_runs) - (
    SELECT count(*) FROM run WHERE tenant_id = $1 AND lease_until IS NOT NULL AND finished_at IS NULL)) AS free
  FROM installation i LEFT JOIN tenant_limit t ON t.tenant_id = $1
  WHERE i.paused_at IS NULL AND t.paused_at IS NULL AND t.suspended_at IS NULL
)
SELECT r.id FROM room CROSS JOIN LATERAL (
  SELECT id FROM run WHERE tenant_id = $1 AND status = 'queued'
    AND NOT EXISTS (SELECT FROM workflow w WHERE w.tenant_id = $1 AND w.id = run.workflow_id AND w.paused_at IS NOT NULL)
  ORDER BY created_at LIMIT greatest(0, room.free)
) r`

async function oldest(pool: pg.Pool, tenantId: string): Promise<RunRef[]> {
  const { rows } = await pool.query<{ id: string }>(OLDEST, [tenantId, MOST_AT_ONCE])
  return rows.map(({ id }) => ({ tenantId, runId: id }))
}

import type pg from 'pg'

/** How long a process goes by what it read. */
const FRESH_MS = 1_000
const MOST_KEPT = 10_000

const kept = new Map<string, { until: number; isPaused: Promise<boolean> }>()
const nameOf = ({ tenantId, workflowId }: Place) => `${tenantId} ${workflowId}`

interface Place {
  tenantId: string
  workflowId: string
}

/** Whether the runs of a workflow wait in line; at most a second old. */
export function isPaused(pool: pg.Pool, place: Place): Promise<boolean> {
  const name = nameOf(place)
  const known = kept.get(name)
  if (known && known.until > performance.now()) return known.isPaused
  if (kept.size >= MOST_KEPT) kept.clear()
  const isPaused = read(pool, place)
  // What failed is asked again.
  isPaused.catch(() => kept.delete(name))
  kept.set(name, { until: performance.now() + FRESH_MS, isPaused })
  return isPaused
}

/** What was just changed holds in this process at once. */
export function forgetPaused(place: Place): void {
  kept.delete(nameOf(place))
}

async function read(pool: pg.Pool, { tenantId, workflowId }: Place): Promise<boolean> {
  const { rowCount } = await pool.query(
    'SELECT FROM workflow WHERE tenant_id = $1 AND id = $2 AND paused_at IS NOT NULL',
    [tenantId, workflowId],
  )
  return rowCount === 1
}

import type pg from 'pg'
import { Gauge, type Registry } from 'prom-client'

/** What is the same whichever process is asked is read so often at most. */
const FRESH_MS = 5_000

interface Row {
  queued: number
  running: number
  waiting: number
  expired: number
  oldest: number | null
  processes: number
  undelivered: number
}

// Of all tenants together; the rows are those of small partial indexes.
const READ = `
SELECT count(*) FILTER (WHERE status = 'queued')::int AS queued,
  count(*) FILTER (WHERE status = 'running')::int AS running,
  count(*) FILTER (WHERE status = 'waiting')::int AS waiting,
  count(*) FILTER (WHERE lease_until < now())::int AS expired,
  extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'queued'))::float8 AS oldest,
  (SELECT count(*)::int FROM process WHERE seen_at > now() - interval '30 s') AS processes,
  (SELECT count(*)::int FROM alert WHERE delivery = 'pending') AS undelivered
FROM run WHERE finished_at IS NULL`

/** Gauges of the whole installation, and of this process’s connections to the database. */
export function addSharedMetrics(registry: Registry, pool: pg.Pool) {
  const registers = [registry]
  let last: Promise<Row | undefined> | undefined
  let readAt = Number.NEGATIVE_INFINITY
  const read = () => {
    if (performance.now() - readAt > FRESH_MS) {
      readAt = performance.now()
      last = pool.query<Row>(READ).then(
        ({ rows }) => rows[0],
        () => undefined,
      )
    }
    return last
  }
  const gauge = (about: { name: string; help: string; of: (row: Row) => number }) =>
    new Gauge({
      name: about.name,
      help: about.help,
      registers,
      async collect() {
        const row = await read()
        // Not a zero that is not true: what cannot be read is not there.
        if (row) this.set(about.of(row))
        else this.remove()
      },
    })
  new Gauge({
    name: 'trama_runs',
    help: 'Runs that have not ended, of all processes',
    labelNames: ['status'],
    registers,
    async collect() {
      const row = await read()
      this.reset()
      if (!row) return
      this.set({ status: 'queued' }, row.queued)
      this.set({ status: 'running' }, row.running)
      this.set({ status: 'waiting' }, row.waiting)
    },
  })
  gauge({
    name: 'trama_leases_expired',
    help: 'Runs whose worker died and that nobody has taken over',
    of: (row) => row.expired,
  })
  gauge({
    name: 'trama_queue_oldest_seconds',
    help: 'How long the run that waits longest is in line',
    of: (row) => row.oldest ?? 0,
  })
  gauge({ name: 'trama_processes', help: 'Processes that said they are there', of: (row) => row.processes })
  gauge({
    name: 'trama_alerts_pending',
    help: 'Alerts that are still to be delivered',
    of: (row) => row.undelivered,
  })
  new Gauge({
    name: 'trama_db_pool',
    help: 'Connections of the engine to the database, and who waits for one',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'open' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'wanted' }, pool.waitingCount)
    },
  })
}

// The other candidate, as a prototype: a BullMQ queue for each tenant, of which the worker takes the next run by weighted
// deficit round robin. It is told at once, by the same process, which queues have something: better than it could be.
import { backend } from './backend.mjs'
import { groupBy } from './group-by.mjs'

const CLAIM = `
UPDATE run SET status = 'running', lease_owner = $3, lease_token = lease_token + 1,
  lease_until = clock_timestamp() + interval '10 s', started_at = clock_timestamp()
FROM unnest($1::text[], $2::uuid[]) AS g(t, i)
WHERE run.tenant_id = g.t AND run.id = g.i AND run.finished_at IS NULL AND run.lease_until IS NULL
RETURNING run.id`

const once = { removeOnComplete: true, removeOnFail: true }

export async function queues({ store, kind, url, tenants }) {
  const owner = crypto.randomUUID()
  const { Queue, Worker, connection, close } = await backend(kind, url)
  const prefix = `t${crypto.randomUUID().slice(0, 8)}`
  const of = new Map()
  for (const tenant of tenants) {
    const queue = new Queue(`${prefix}-${tenant.id}`, { connection })
    const worker = new Worker(`${prefix}-${tenant.id}`, null, { connection, autorun: false })
    await worker.waitUntilReady()
    of.set(tenant.id, { tenant, queue, worker, waiting: 0, deficit: 0 })
  }
  const ring = [...of.values()]
  const jobs = new Map()
  let at = 0
  let look = () => {}

  /** The queue whose turn it is: as many in a row as it has weight. */
  function next() {
    for (let steps = 0; steps <= ring.length; steps++) {
      const place = ring[at]
      if (place.waiting > 0 && place.deficit >= 1) {
        place.deficit--
        place.waiting--
        return place
      }
      place.deficit = 0
      at = (at + 1) % ring.length
      if (ring[at].waiting > 0) ring[at].deficit = ring[at].tenant.weight
    }
    return null
  }

  return {
    async told(runs) {
      const byTenant = groupBy(runs, ({ tenant }) => tenant.id)
      await Promise.all(
        [...byTenant].map(async ([id, own]) => {
          const place = of.get(id)
          const data = own.map((run) => ({ name: 'run', data: { id: run.id }, opts: once }))
          if (kind === 'redis') await place.queue.addBulk(data)
          else await Promise.all(data.map((job) => place.queue.add(job.name, job.data, job.opts)))
          place.waiting += own.length
        }),
      )
      look()
    },
    onHint(heard) {
      look = heard
    },
    async take(places) {
      const chosen = []
      for (let place = next(); place && chosen.length < places; place = next()) {
        chosen.push(place)
        if (chosen.length >= places) break
      }
      const given = await Promise.all(
        chosen.map(async (place) => {
          const job = await place.worker.getNextJob(owner, { block: false })
          return job && { place, job, runId: job.data.id, tenantId: place.tenant.id }
        }),
      )
      const found = given.filter(Boolean)
      if (found.length === 0) return []
      await store.pool.query(CLAIM, [
        found.map(({ tenantId }) => tenantId),
        found.map(({ runId }) => runId),
        owner,
      ])
      for (const one of found) jobs.set(one.runId, one)
      return found
    },
    ended: (runs) =>
      Promise.all(
        runs.map(async ({ runId }) => {
          const one = jobs.get(runId)
          jobs.delete(runId)
          await one.job.moveToCompleted(null, owner, false)
        }),
      ),
    async close() {
      await Promise.all(ring.map(({ worker }) => worker.close(true)))
      await Promise.all(ring.map(({ queue }) => queue.close()))
      await close()
    },
  }
}

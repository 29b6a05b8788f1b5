import { setTimeout as sleep } from 'node:timers/promises'
import { cpuNow, cpuPerThousand } from '../cpu.mjs'
import { percentiles } from '../load/figures.mjs'
import { groupBy } from './group-by.mjs'

const PLACES = 50
const RUN_MS = 5

/** A worker with fifty places; each run holds one for a moment. `most` runs at most. */
export function work({ store, line, most = Number.POSITIVE_INFINITY, onTaken }) {
  let [held, taken, stopped, looking, again] = [0, 0, false, undefined, false]
  let done = () => {}
  const finished = new Promise((resolve) => {
    done = resolve
  })
  let ending = []
  let writing

  async function write() {
    while (ending.length > 0) {
      const batch = ending
      ending = []
      await Promise.all([store.end(batch), line.ended(batch)])
      held -= batch.length
      if (taken >= most && held === 0) done()
      void look()
    }
  }
  async function lookOnce() {
    do {
      again = false
      for (let places = PLACES - held; places > 0 && taken < most && !stopped; places = PLACES - held) {
        const runs = await line.take(Math.min(places, most - taken))
        if (runs.length === 0) break
        held += runs.length
        taken += runs.length
        for (const run of runs) {
          onTaken(run)
          setTimeout(() => {
            ending.push(run)
            writing ??= write().finally(() => {
              writing = undefined
            })
          }, RUN_MS)
        }
      }
    } while (again)
  }
  function look() {
    again = true
    if (!stopped)
      looking ??= lookOnce().finally(() => {
        looking = undefined
      })
    return looking
  }
  line.onHint(look)
  return {
    look,
    finished,
    async stop() {
      stopped = true
      while (held > 0 || looking || writing) await sleep(5)
    },
  }
}

/** What a run costs, and how the first half of a long line was shared out. */
export async function shares({ store, line, tenants, pids, runs }) {
  const before = cpuNow(pids)
  for (let at = 0; at < runs; at += 500) {
    const part = Array.from({ length: 500 }, (_, index) => tenants[(at + index) % tenants.length])
    await line.told(await store.insert(part))
  }
  const filled = cpuNow(pids)
  const byWeight = new Map()
  const weights = new Map(tenants.map(({ id, weight }) => [id, weight]))
  const began = performance.now()
  const worker = work({
    store,
    line,
    most: runs / 2,
    onTaken({ tenantId }) {
      const weight = weights.get(tenantId)
      byWeight.set(weight, (byWeight.get(weight) ?? 0) + 1)
    },
  })
  void worker.look()
  await worker.finished
  const seconds = (performance.now() - began) / 1_000
  const after = cpuNow(pids)
  await worker.stop()
  return {
    perSecond: runs / 2 / seconds,
    cpu:
      (cpuPerThousand(before, filled, runs)?.all ?? 0) + (cpuPerThousand(filled, after, runs / 2)?.all ?? 0),
    off: offBy(byWeight, tenants),
  }
}

/** How far the farthest share is from what its weight says, as a part of that. */
function offBy(byWeight, tenants) {
  if (tenants.length === 1) return null
  const all = tenants.reduce((sum, { weight }) => sum + weight, 0)
  const taken = [...byWeight.values()].reduce((sum, count) => sum + count, 0)
  return Math.max(
    ...[...groupBy(tenants, ({ weight }) => weight)].map(([weight, own]) => {
      const due = (taken * own.length * weight) / all
      return Math.abs((byWeight.get(weight) ?? 0) - due) / due
    }),
  )
}

/** How long a light tenant's runs wait: alone, and beside a line of another. */
export async function delays({ store, line, heavy, light, runs }) {
  const since = new Map()
  const waited = []
  const worker = work({
    store,
    line,
    onTaken({ runId }) {
      const from = since.get(runId)
      if (from !== undefined) waited.push(performance.now() - from)
    },
  })
  async function few() {
    waited.length = 0
    for (let sent = 0; sent < 60; sent++) {
      const [run] = await store.insert([light])
      since.set(run.id, performance.now())
      await line.told([run])
      await sleep(15)
    }
    for (let tries = 0; waited.length < 60 && tries < 400; tries++) await sleep(25)
    return percentiles(waited).p95
  }
  const alone = await few()
  for (let at = 0; at < runs; at += 500) {
    const part = await store.insert(Array.from({ length: 500 }, () => heavy))
    await line.told(part)
  }
  const beside = await few()
  await worker.stop()
  return { alone, beside }
}

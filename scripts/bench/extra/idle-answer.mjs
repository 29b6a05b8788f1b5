import { closedLoad } from '../load/run.mjs'
import { simplest } from '../workloads/list.mjs'
import { prepare, targetOf } from '../workloads/measure.mjs'

/** A call now and then to an installation that has nothing else to do. */
export async function idleAnswer(trama) {
  const workload = await prepare(trama, { workload: simplest('idle') })
  const { p50, p95 } = await closedLoad({
    ...targetOf(trama, workload),
    ...{ connections: 1, calls: 100, pauseMs: 50 },
  })
  const bar = trama.queue === 'redis' ? 'below 10' : 'below 25'
  return [
    { name: 'idle: webhook to answer, p50', value: p50, unit: 'ms', bar },
    { name: 'idle: webhook to answer, p95', value: p95, unit: 'ms' },
  ]
}

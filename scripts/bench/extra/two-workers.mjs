import { workloads } from '../workloads/list.mjs'
import { closed, measured, prepare } from '../workloads/measure.mjs'

const RUNS = 3_000

/** The same runs, taken in by a web process and driven by one worker process or by two. */
export async function twoWorkers({ queue, withTrama }) {
  const perSecond = []
  for (const workers of [1, 2])
    perSecond.push(
      await withTrama({ queue, workers }, async (trama) => {
        const [, inBackground] = workloads('http://127.0.0.1:9')
        const workload = await prepare(trama, { workload: inBackground })
        const load = closed({ connections: 20, calls: RUNS })
        const { perSecond: found } = await measured(trama, { workload, load })
        return found
      }),
    )
  const [one, two] = perSecond
  return [
    { name: 'W2, one worker process', value: one, unit: 'runs/s' },
    { name: 'W2, two worker processes', value: two, unit: 'runs/s' },
    { name: 'two workers beside one', value: two / one, unit: '×', bar: '1.7 where cores allow' },
  ]
}

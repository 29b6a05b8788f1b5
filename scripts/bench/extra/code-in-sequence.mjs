import { closedLoad } from '../load/run.mjs'
import { chain, expr, hook, node, respond } from '../workloads/drawing.mjs'
import { targetOf } from '../workloads/measure.mjs'

const TASKS = 40

/** Light code, one step after the other: what coming and going costs. */
export async function codeInSequence(trama) {
  const tasks = Array.from({ length: TASKS }, (_, at) =>
    node(`code${at}`, 'code.run', {
      code: 'return { count: count + 1 }',
      values: [{ name: 'count', value: expr(at === 0 ? 'trigger.body.count' : 'input.count') }],
    }),
  )
  const workload = {
    id: 'codes',
    name: 'forty code tasks',
    document: chain([hook('codes', 'by_node'), ...tasks, respond()]),
    body: { count: 0 },
  }
  await trama.publish(workload.name, workload.document)
  const target = { ...targetOf(trama, workload), connections: 1 }
  await closedLoad({ ...target, calls: 3 })
  const { p50 } = await closedLoad({ ...target, calls: 9 })
  return [{ name: '40 light code tasks in sequence', value: p50 / 1_000, unit: 's', bar: 'below 0.6' }]
}

import { closedLoad } from '../load/run.mjs'
import { chain, expr, hook, respond, set } from '../workloads/drawing.mjs'
import { targetOf } from '../workloads/measure.mjs'

const STEPS = 40
const ROUNDS = 5
const CALLS = 20

/** What can be set without having the step done less often, on steps that succeed at once. */
const settings = {
  attempts: 5,
  delayMs: 500,
  backoff: 'exponential',
  timeoutMs: 5_000,
  rate: { calls: 100_000, perMs: 1_000 },
  breaker: { failures: 5, pauseMs: 10_000 },
}

function workload(id, reliability) {
  const steps = Array.from({ length: STEPS }, (_, at) =>
    set(`set${at}`, { count: expr(at === 0 ? 'trigger.body.count' : 'input.count + 1') }, reliability),
  )
  return {
    id,
    name: `forty sets, ${id}`,
    document: chain([hook(id, 'by_node'), ...steps, respond()]),
    body: { count: 0 },
  }
}

/** What the settings cost a step that needs none of them; the two take turns, so that both meet the same machine. */
export async function reliabilityOverhead(trama) {
  const plain = workload('plain', {})
  const careful = workload('careful', { reliability: settings })
  const took = { plain: [], careful: [] }
  for (const one of [plain, careful]) {
    await trama.publish(one.name, one.document)
    await closedLoad({ ...targetOf(trama, one), connections: 1, calls: CALLS })
  }
  for (let round = 0; round < ROUNDS; round++)
    for (const one of [plain, careful]) {
      const { p50 } = await closedLoad({ ...targetOf(trama, one), connections: 1, calls: CALLS })
      took[one.id].push(p50)
    }
  const least = (list) => Math.min(...list)
  const value = (least(took.careful) - least(took.plain)) / STEPS
  return [{ name: 'reliability settings, per step', value, unit: 'ms', bar: 'below 0.2' }]
}

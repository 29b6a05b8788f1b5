import { memoryMb } from '../cpu.mjs'
import { simplest } from '../workloads/list.mjs'
import { closed, measured, prepare } from '../workloads/measure.mjs'

const STAGES = [10_000, 100_000]
/** Long enough for what is not needed to be let go of. */
const REST_MS = 10_000

/** Whether a process that has driven a hundred thousand runs is larger than after ten thousand. */
export async function memoryAfterMany(trama) {
  const [pid] = trama.pids().trama
  const workload = await prepare(trama, { workload: simplest('memory') })
  const found = []
  let made = 0
  for (const stage of STAGES) {
    const load = closed({ connections: 50, calls: stage - made })
    await measured(trama, { workload, load })
    made = stage
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
    found.push({ stage, memory: memoryMb(pid) })
  }
  const [few, many] = found
  return [
    ...found.map(({ stage, memory }) => ({
      name: `memory after ${stage.toLocaleString('en')} runs`,
      value: memory,
      unit: 'MB',
    })),
    {
      name: 'memory: growth from 10,000 to 100,000 runs',
      value: many.memory && (many.memory / few.memory - 1) * 100,
      unit: '%',
      bar: 'at most 10',
    },
  ]
}

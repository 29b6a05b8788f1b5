// `--extra`: what the table of workloads does not show. Each gives rows of { name, value, unit, bar }.
import { codeInSequence } from './code-in-sequence.mjs'
import { eachOverMany } from './each-over-many.mjs'
import { idleAnswer } from './idle-answer.mjs'
import { manyTenants } from './many-tenants.mjs'
import { memoryAfterMany } from './memory-after-many.mjs'
import { reliabilityOverhead } from './reliability-overhead.mjs'
import { twoWorkers } from './two-workers.mjs'

/** The last ones leave the most behind. */
const onOneProcess = [
  idleAnswer,
  codeInSequence,
  reliabilityOverhead,
  eachOverMany,
  manyTenants,
  memoryAfterMany,
]

export async function measureExtra({ queue, withTrama, seconds, say }) {
  const found = []
  const take = (rows) => found.push(...rows.map((row) => ({ queue, ...row })))
  await withTrama({ queue }, async (trama) => {
    for (const one of onOneProcess) {
      say(`${one.name}, ${queue} queue …`)
      take(await one(trama, { seconds }))
    }
  })
  say(`twoWorkers, ${queue} queue …`)
  take(await twoWorkers({ queue, withTrama }))
  return found
}

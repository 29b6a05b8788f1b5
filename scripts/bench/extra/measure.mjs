// `--extra`: what the table of workloads does not show. Each gives rows of { name, value, unit, bar }.
import { codeInSequence } from './code-in-sequence.mjs'
import { eachOverMany } from './each-over-many.mjs'
import { idleAnswer } from './idle-answer.mjs'
import { manyTenants } from './many-tenants.mjs'
import { memoryAfterMany } from './memory-after-many.mjs'
import { reliabilityOverhead } from './reliability-overhead.mjs'
import { twoWorkers } from './two-workers.mjs'

/** The last ones leave the most behind. */
const onOneProcess = {
  idle: idleAnswer,
  codes: codeInSequence,
  reliability: reliabilityOverhead,
  each: eachOverMany,
  tenants: manyTenants,
  memory: memoryAfterMany,
}

export async function measureExtra({ queue, withTrama, seconds, wanted, say }) {
  const found = []
  const take = (rows) => found.push(...rows.map((row) => ({ queue, ...row })))
  const chosen = Object.entries(onOneProcess).filter(([id]) => wanted({ id }))
  if (chosen.length > 0)
    await withTrama({ queue }, async (trama) => {
      for (const [id, one] of chosen) {
        say(`${id}, ${queue} queue …`)
        take(await one(trama, { seconds }))
      }
    })
  if (wanted({ id: 'workers' })) {
    say(`workers, ${queue} queue …`)
    take(await twoWorkers({ queue, withTrama }))
  }
  return found
}

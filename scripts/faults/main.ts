import { parseArgs } from 'node:util'
import { asJson, printFaults, printSimulations, printSweep, wrongIn } from './report.ts'
import { runFaults } from './run.ts'
import { runSimulations } from './simulations.ts'
import { sweepCrashPoints } from './sweep.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    queue: { type: 'string', default: 'redis' },
    kills: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '5000' },
    points: { type: 'string', default: '60' },
    seed: { type: 'string' },
  },
})

const seed = Number(values.seed ?? Date.now() % 1_000_000)
const kills = Number(values.kills)
const seconds = Number(values.seconds)
const points = Number(values.points)
const seeds = Number(values.seeds)
const { queue } = values
if (![seed, kills, seconds, points, seeds].every((one) => Number.isInteger(one) && one >= 0))
  refuse('--seed, --kills, --seconds, --points and --seeds are whole numbers')
if (queue !== 'redis' && queue !== 'postgres') refuse('--queue is redis or postgres')

const say = (text: string) => void (values.json || process.stderr.write(`${text}\n`))
if (seeds > 0) say(`${seeds} simulations from seed ${seed} on …`)
const simulated = seeds > 0 ? runSimulations({ seed, seeds }) : null
const chaos =
  kills + seconds > 0
    ? await runFaults({
        ...{ seed, queue, kills, seconds, say },
        only: (name) => name.includes(values.only),
        perSecond: 8,
        pauseMs: { from: 1_000, to: 3_500 },
      })
    : null
const sweep = points > 0 ? await sweepCrashPoints({ seed, queue, points, say }) : null

if (values.json)
  console.log(
    JSON.stringify({ simulated, chaos: chaos && asJson(chaos), sweep: sweep && asJson(sweep) }, null, 2),
  )
else {
  if (simulated) printSimulations(simulated)
  if (chaos) printFaults(chaos)
  if (sweep) printSweep(sweep)
}
const isWrong =
  [chaos, sweep].some((found) => found && wrongIn(found).length > 0) || (simulated?.problems.length ?? 0) > 0
process.exitCode = isWrong ? 1 : 0

function refuse(why: string): never {
  console.error(`${why}. See docs/reliability.md.`)
  process.exit(2)
}

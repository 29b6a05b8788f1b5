import { parseArgs } from 'node:util'
import { asJson, printFaults, printSweep, wrongIn } from './report.ts'
import { runFaults } from './run.ts'
import { sweepCrashPoints } from './sweep.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    queue: { type: 'string', default: 'redis' },
    kills: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    points: { type: 'string', default: '60' },
    seed: { type: 'string' },
  },
})

const seed = Number(values.seed ?? Date.now() % 1_000_000)
const kills = Number(values.kills)
const seconds = Number(values.seconds)
const points = Number(values.points)
const { queue } = values
if (![seed, kills, seconds, points].every((one) => Number.isInteger(one) && one >= 0))
  refuse('--seed, --kills, --seconds and --points are whole numbers')
if (queue !== 'redis' && queue !== 'postgres') refuse('--queue is redis or postgres')

const say = (text: string) => void (values.json || process.stderr.write(`${text}\n`))
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
  console.log(JSON.stringify({ chaos: chaos && asJson(chaos), sweep: sweep && asJson(sweep) }, null, 2))
else {
  if (chaos) printFaults(chaos)
  if (sweep) printSweep(sweep)
}
const isWrong = [chaos, sweep].some((found) => found && wrongIn(found).length > 0)
process.exitCode = isWrong ? 1 : 0

function refuse(why: string): never {
  console.error(`${why}. See docs/reliability.md.`)
  process.exit(2)
}

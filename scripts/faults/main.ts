import { parseArgs } from 'node:util'
import { asJson, print, wrongIn } from './report.ts'
import { type FaultsFound, runFaults } from './run.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    queue: { type: 'string', default: 'redis' },
    kills: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string' },
  },
})

const seed = Number(values.seed ?? Date.now() % 1_000_000)
const kills = Number(values.kills)
const seconds = Number(values.seconds)
const { queue } = values
if (![seed, kills, seconds].every((one) => Number.isInteger(one) && one >= 0))
  refuse('--seed, --kills and --seconds are whole numbers')
if (queue !== 'redis' && queue !== 'postgres') refuse('--queue is redis or postgres')

const say = (text: string) => void (values.json || process.stderr.write(`${text}\n`))
const found: FaultsFound = await runFaults({
  ...{ seed, queue, kills, seconds, say },
  perSecond: 8,
  pauseMs: { from: 1_000, to: 3_500 },
})
if (values.json) console.log(JSON.stringify(asJson(found), null, 2))
else print(found)
process.exitCode = wrongIn(found).length > 0 ? 1 : 0

function refuse(why: string): never {
  console.error(`${why}. See docs/reliability.md.`)
  process.exit(2)
}

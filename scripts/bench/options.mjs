import { parseArgs } from 'node:util'

const options = {
  json: { type: 'boolean', default: false },
  extra: { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
  seconds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '1,10,50' },
  queue: { type: 'string', default: 'both' },
  only: { type: 'string', default: '' },
  workers: { type: 'string', default: '0' },
}

/** What was asked for; says what is wrong and ends when it cannot be. */
export function readOptions() {
  try {
    const { values } = parseArgs({ options })
    return {
      ...values,
      seconds: positive('--seconds', values.seconds),
      connections: listed(values.connections).map((one) => positive('--connections', one)),
      queues: queuesOf(values.queue),
      only: listed(values.only).map((one) => one.toLowerCase()),
      workers: whole('--workers', values.workers),
    }
  } catch (error) {
    console.error(`${error.message}\nThe options are in docs/performance.md.`)
    process.exit(2)
  }
}

const listed = (text) => text.split(',').filter((one) => one !== '')

function positive(name, text) {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`${name} must be a number above 0, not "${text}"`)
  return value
}

function whole(name, text) {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not "${text}"`)
  return value
}

function queuesOf(text) {
  if (text === 'both') return ['redis', 'postgres']
  if (text === 'redis' || text === 'postgres') return [text]
  throw new Error(`--queue must be redis, postgres or both, not "${text}"`)
}

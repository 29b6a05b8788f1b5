import { freePort } from './db/embedded-postgres.ts'
import { setupDatabase } from './db/setup.ts'
import { EnvError, readEnv } from './env.ts'
import type { Started } from './start.ts'

// The process: begins, hears signals, and stops what was started in the opposite order.

const say = (text: string) => process.stdout.write(`${text}\n`)
const stops: Started[] = []

let stopping: Promise<void> | undefined

function stop(): Promise<void> {
  stopping ??= (async () => {
    for (const { name, stop } of stops.reverse())
      await stop().catch((error: unknown) => console.error(`Stopping ${name} failed:`, error))
  })()
  return stopping
}

function explain(error: unknown): string {
  if (error instanceof EnvError) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `${error.message.replace(/^listen EADDRINUSE: /, '')}. Another program has the port: stop it, or choose another with PORT=…`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main() {
  const starting = begin()
  let signals = 0
  const onSignal = () => {
    signals += 1
    // Twice: whoever asks does not want to wait for what is under way.
    if (signals > 1) process.exit(130)
    // What is just being started is started first, so that it can be stopped.
    void starting
      .catch(() => undefined)
      .then(stop)
      .then(() => process.exit(0))
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  process
    .on('uncaughtException', (error) => void fail(error))
    .on('unhandledRejection', (error) => void fail(error))
  await starting.catch(fail)
}

async function begin() {
  // A free port has to be known before anything is told where we are.
  const chosen = process.env.PORT === '0' ? { PORT: String(await freePort()) } : {}
  const env = readEnv({ ...process.env, ...chosen })
  // The program is read while the database starts: each takes about as long as the other.
  const reading = import('./start.ts')
  reading.catch(() => undefined)
  const ready = await setupDatabase(env)
  stops.push({ name: 'database', stop: ready.stop })
  const { start } = await reading
  await start({ env, ready, stops, say })
}

async function fail(error: unknown) {
  console.error(explain(error))
  await stop()
  process.exit(1)
}

await main()

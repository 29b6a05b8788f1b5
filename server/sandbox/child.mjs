// The unprivileged process in which users' code runs. It knows nothing: no environment, no connection but the
// channel to its parent, over which only JSON text goes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { createTurns } from './turns.mjs'

const limits = JSON.parse(process.argv[2] ?? '{}')
const wasmFile = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm')
const wasmModule = await WebAssembly.compile(readFileSync(wasmFile))

/** How long a worker may go on after its own deadline before it is ended from outside. */
const GRACE_MS = 500

const idle = []
const waiting = createTurns()
/** Job id → the worker that has it. */
const busy = new Map()
let alive = 0

function start() {
  alive += 1
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: { wasmModule, limits },
    resourceLimits: { stackSizeMb: 16, maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
    env: {},
    stdin: false,
  })
  const seat = { worker, job: null, timer: null, ready: false }
  worker.on('message', (message) => {
    seat.ready = true
    if (!message.ready) finish(seat, message)
    idle.push(seat)
    assign()
  })
  worker.on('error', (error) => {
    if (!seat.ready) process.stderr.write(`${error}\n`)
  })
  worker.on('exit', () => {
    // One that cannot even start would only be started again and again.
    if (!seat.ready) process.exit(1)
    alive -= 1
    const at = idle.indexOf(seat)
    if (at >= 0) idle.splice(at, 1)
    // Its heap was full, or it was ended below.
    if (seat.job) finish(seat, { id: seat.job.id, ok: false, kind: 'memory', message: '', logs: [] })
    if (alive < limits.workers) start()
  })
}

function assign() {
  while (idle.length > 0 && !waiting.isEmpty) {
    const [seat, job] = [idle.shift(), waiting.shift()]
    seat.job = job
    busy.set(job.id, seat)
    seat.timer = setTimeout(() => end(seat, 'timeout'), job.timeoutMs + GRACE_MS)
    process.send({ id: job.id, started: true })
    seat.worker.postMessage(job)
  }
}

function finish(seat, message) {
  clearTimeout(seat.timer)
  busy.delete(seat.job.id)
  seat.job = null
  process.send(message)
}

function end(seat, kind) {
  finish(seat, { id: seat.job.id, ok: false, kind, message: '', logs: [] })
  seat.worker.terminate()
}

function cancel(id) {
  waiting.remove(id)
  const seat = busy.get(id)
  if (seat) end(seat, 'cancelled')
}

process.on('message', (message) => {
  if (message.cancel !== undefined) return cancel(message.cancel)
  waiting.push(message)
  assign()
})
// The parent decides when to stop; without a parent there is nothing to do.
process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)

for (let count = 0; count < limits.workers; count += 1) start()
process.send({ ready: true })

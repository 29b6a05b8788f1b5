// Runs one piece of user code at a time in QuickJS (WebAssembly). Only text comes in and goes out.
// Settings as measured: a stack that QuickJS never outgrows (resourceLimits of child.mjs).
import { parentPort, workerData } from 'node:worker_threads'
import { makeEngine } from './engine.mjs'

const { wasmModule, limits } = workerData
const JOBS_AT_ONCE = 100

const fresh = () => {
  const engine = makeEngine({ wasmModule, memoryMb: limits.memoryMb })
  // An engine that cannot be made is reported by the run that needs it.
  engine.catch(() => undefined)
  return engine
}

/** As it was made, in every bit: nothing of one run is there for the next. Made ahead of time. */
let next = fresh()

parentPort.on('message', async (job) => {
  const logs = { lines: [], size: 0, full: false }
  let answer
  let engine
  try {
    engine = await next
    answer = run(engine, job, logs)
  } catch (error) {
    // The engine itself gave up: out of memory in a place where it cannot say so, or an abort. It is not used again.
    engine = undefined
    answer = { ok: false, kind: 'memory', message: `The code was stopped by the engine (${short(error)})` }
  }
  parentPort.postMessage({ id: job.id, ...answer, logs: logs.lines })
  if (!engine?.restore()) next = fresh()
})

function run({ runtime, context, read, start, end, prepare }, job, logs) {
  const deadline = Date.now() + job.timeoutMs
  prepare({
    deadline,
    log(line) {
      addLine(logs, line)
      return logs.full
    },
  })
  const failed = (handle) => failure(context, handle, deadline)

  const parsed = context.callFunction(read, context.undefined, context.newString(job.globals))
  if (parsed.error) return failed(parsed.error)

  const wrapped = `(async function (${job.names.join(',')}) {${job.code}\n})`
  const compiled = context.evalCode(wrapped, 'code.js')
  if (compiled.error) return failed(compiled.error)

  const started = context.callFunction(start, context.undefined, compiled.value, parsed.value)
  if (started.error) return failed(started.error)
  while (runtime.hasPendingJob()) {
    if (Date.now() > deadline) return tooLong()
    const jobs = runtime.executePendingJobs(JOBS_AT_ONCE)
    if (jobs.error) return failed(jobs.error)
  }

  const ended = context.callFunction(end, context.undefined)
  if (ended.error) return failed(ended.error)
  return result(context, ended.value, deadline)
}

/** What `end` of the prelude says: a state, and the value's JSON or the error. */
function result(context, ended, deadline) {
  const state = context.getString(context.getProp(ended, 'state'))
  // An interrupted callback ends without a word.
  if (state === 'waiting' && Date.now() > deadline) return tooLong()
  if (state === 'waiting')
    return { ok: false, kind: 'error', message: 'The code waits for something that never comes' }
  const size = context.getNumber(context.getProp(ended, 'size'))
  const text = () => context.getString(context.getProp(ended, 'text'))
  if (state === 'failed') return classify(text())
  if (size > limits.outputBytes)
    return {
      ok: false,
      kind: 'error',
      message: `The code returned more than ${limits.outputBytes} characters`,
    }
  return { ok: true, value: text() }
}

function failure(context, handle, deadline) {
  // Over its time the engine may fail in other ways than by being interrupted.
  if (Date.now() > deadline) return tooLong()
  let message = ''
  try {
    const name = context.getProp(handle, 'name')
    const said = context.getProp(handle, 'message')
    message = `${context.getString(name)}: ${context.getString(said)}`
  } catch {
    message = 'InternalError: out of memory'
  }
  return classify(message)
}

function classify(message) {
  if (message.includes('InternalError: interrupted')) return tooLong()
  if (message.includes('InternalError: out of memory') || message.startsWith('null:'))
    return { ok: false, kind: 'memory', message: `The code used more than ${limits.memoryMb} MB of memory` }
  return { ok: false, kind: 'error', message: message.slice(0, 2_000) }
}

function tooLong() {
  return { ok: false, kind: 'timeout', message: '' }
}

function addLine(logs, line) {
  if (logs.full) return
  const { logLines, logBytes } = limits
  if (logs.lines.length >= logLines || logs.size + line.length > logBytes) {
    logs.full = true
    logs.lines.push('… more was logged than is kept')
    return
  }
  logs.size += line.length
  logs.lines.push(line)
}

function short(error) {
  return String(error?.message ?? error).slice(0, 100)
}

parentPort.postMessage({ ready: true })

// Runs one piece of user code at a time in QuickJS (WebAssembly). Only text comes in and goes out.
// Settings as measured: a stack that QuickJS never outgrows (resourceLimits of child.mjs), and a memory of our own,
// because QuickJS's own limit does not bound the total.
import { parentPort, workerData } from 'node:worker_threads'
import base from '@jitl/quickjs-wasmfile-release-sync'
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core'
import { prelude } from './prelude.mjs'

const { wasmModule, limits } = workerData
const PAGE = 64 * 1024
const MB = 1024 * 1024
const RUNTIME_MEMORY = limits.memoryMb * MB
const STACK = 256 * 1024
const JOBS_AT_ONCE = 100

/** A fresh engine in fresh memory: nothing of one run is there for the next. Made ahead of time. */
let next = makeEngine()

function makeEngine() {
  const wasmMemory = new WebAssembly.Memory({
    initial: (16 * MB) / PAGE,
    maximum: (RUNTIME_MEMORY + 16 * MB) / PAGE,
  })
  return newQuickJSWASMModuleFromVariant(newVariant(base, { wasmModule, wasmMemory }))
}

parentPort.on('message', async (job) => {
  const logs = { lines: [], size: 0, full: false }
  let answer
  try {
    const engine = await next
    answer = run(engine, job, logs)
  } catch (error) {
    // The engine itself gave up: out of memory in a place where it cannot say so, or an abort.
    answer = { ok: false, kind: 'memory', message: `The code was stopped by the engine (${short(error)})` }
  }
  next = makeEngine()
  // An engine that cannot be made is reported by the run that needs it.
  next.catch(() => undefined)
  parentPort.postMessage({ id: job.id, ...answer, logs: logs.lines })
})

function run(engine, job, logs) {
  const deadline = Date.now() + job.timeoutMs
  const runtime = engine.newRuntime()
  runtime.setMemoryLimit(RUNTIME_MEMORY)
  runtime.setMaxStackSize(STACK)
  runtime.setInterruptHandler(() => Date.now() > deadline)
  const context = runtime.newContext()
  const failed = (handle) => failure(context, handle, deadline)

  const host = context.newFunction('log', (line) => {
    addLine(logs, context.getString(line))
    return logs.full ? context.true : context.false
  })
  const tools = call(context, prelude, [host])
  if (tools.error) return failed(tools.error)
  const kit = tools.value

  const text = context.newString(job.globals)
  const parsed = context.callFunction(context.getProp(kit, 'read'), context.undefined, text)
  if (parsed.error) return failed(parsed.error)

  const wrapped = `(async function (${job.names.join(',')}) {${job.code}\n})`
  const compiled = context.evalCode(wrapped, 'code.js')
  if (compiled.error) return failed(compiled.error)

  const started = context.callFunction(
    context.getProp(kit, 'start'),
    context.undefined,
    compiled.value,
    parsed.value,
  )
  if (started.error) return failed(started.error)
  while (runtime.hasPendingJob()) {
    if (Date.now() > deadline) return tooLong()
    const jobs = runtime.executePendingJobs(JOBS_AT_ONCE)
    if (jobs.error) return failed(jobs.error)
  }

  const ended = context.callFunction(context.getProp(kit, 'end'), context.undefined)
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

function call(context, source, args) {
  const made = context.evalCode(source, 'prelude.js')
  return made.error ? made : context.callFunction(made.value, context.undefined, ...args)
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

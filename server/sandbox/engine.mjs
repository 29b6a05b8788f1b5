// A QuickJS that is put back to how it was made before each piece of code: bit for bit, its whole memory.
import base from '@jitl/quickjs-wasmfile-release-sync'
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core'
import { prelude } from './prelude.mjs'

const PAGE = 64 * 1024
const MB = 1024 * 1024
const STACK = 256 * 1024

/**
 * Making an engine takes several times as long as most code runs. What it is lives in its memory and, while nothing
 * runs, nowhere else: with the memory as it was, nothing of one run is there for the next.
 */
export async function makeEngine({ wasmModule, memoryMb }) {
  const wasmMemory = new WebAssembly.Memory({
    initial: (16 * MB) / PAGE,
    // QuickJS's own limit does not bound the total.
    maximum: ((memoryMb + 16) * MB) / PAGE,
  })
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(base, { wasmModule, wasmMemory }))
  /** Of the run under way. */
  const run = { deadline: Number.POSITIVE_INFINITY, log: () => false }
  const runtime = quickjs.newRuntime()
  runtime.setMemoryLimit(memoryMb * MB)
  runtime.setMaxStackSize(STACK)
  runtime.setInterruptHandler(() => Date.now() > run.deadline)
  const context = runtime.newContext()
  const log = context.newFunction('log', (line) =>
    run.log(context.getString(line)) ? context.true : context.false,
  )
  // QuickJS seeds its own when the context is made, which is once here.
  const random = context.newFunction('random', () => context.newNumber(Math.random()))
  const make = context.unwrapResult(context.evalCode(prelude, 'prelude.js'))
  const tools = context.unwrapResult(context.callFunction(make, context.undefined, log, random))
  const [read, start, end] = ['read', 'start', 'end'].map((name) => context.getProp(tools, name))

  const pristine = new Uint8Array(wasmMemory.buffer.slice(0, usedBytes(wasmMemory.buffer)))
  const { byteLength } = wasmMemory.buffer

  return {
    runtime,
    context,
    ...{ read, start, end, memory: wasmMemory },
    /** Until when the next code may run, and who hears what it logs: gives whether it has heard enough. */
    prepare: (about) => Object.assign(run, about),
    /** False when it cannot be used again: what has grown does not shrink. */
    restore() {
      if (wasmMemory.buffer.byteLength !== byteLength) return false
      const memory = new Uint8Array(wasmMemory.buffer)
      memory.set(pristine)
      memory.fill(0, pristine.length)
      return true
    },
  }
}

/** Up to the last byte that is not zero. */
function usedBytes(buffer) {
  const bytes = new Uint8Array(buffer)
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return end
}

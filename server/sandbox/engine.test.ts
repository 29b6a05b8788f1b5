import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { makeEngine } from './engine.mjs'
import { defaultLimits } from './limits.ts'
import { createSandbox } from './sandbox.ts'

const wasmFile = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm')
const ends = [
  'globalThis.left = "x".repeat(100_000); return 1',
  'throw new Error("left " + "x".repeat(10_000))',
  'function deep() { return deep() + 1 } return deep()',
  'let all = ""; while (true) all += "xxxxxxxxxx"',
  'const all = []; for (let at = 0; ; at++) all.push({ at })',
  'new Promise(() => {}); Promise.resolve().then(() => { left = 1 }); await new Promise(() => {})',
  'return "x".repeat(9_000_000)',
  'console.log("x".repeat(1_000)); Object.freeze(Array.prototype); return Math.random()',
  'return new Intl',
]

test('an engine that ran any code has the memory it was made with, in every byte', async () => {
  const wasmModule = await WebAssembly.compile(readFileSync(wasmFile))
  const { memoryMb } = defaultLimits
  let engine = await makeEngine({ wasmModule, memoryMb })
  let kept = 0
  let before = Buffer.from(engine.memory.buffer.slice(0))
  for (const code of ends) {
    engine.prepare({ deadline: Date.now() + 200, log: () => false })
    const { context, runtime } = engine
    const compiled = context.unwrapResult(context.evalCode(`(async function () {${code}\n})`))
    const values = context.unwrapResult(context.evalCode('[]'))
    context.callFunction(engine.start, context.undefined, compiled, values)
    while (runtime.hasPendingJob() && !runtime.executePendingJobs(100).error);
    expect(Buffer.from(engine.memory.buffer).equals(before)).toBe(false)
    if (engine.restore()) {
      expect(Buffer.from(engine.memory.buffer).equals(before)).toBe(true)
      kept += 1
    } else {
      // What has grown is thrown away instead.
      expect(engine.memory.buffer.byteLength).toBeGreaterThan(before.length)
      engine = await makeEngine({ wasmModule, memoryMb })
      before = Buffer.from(engine.memory.buffer.slice(0))
    }
  }
  expect(kept).toBeGreaterThan(4)
})

test('whatever ended one run, the next on the same worker begins as the first did', async () => {
  const sandbox = createSandbox({ workers: 1 })
  const run = (code: string) => sandbox.run({ code, globals: {}, timeoutMs: 400 })
  const look =
    'return [typeof left, Object.isFrozen(Array.prototype), Object.getOwnPropertyNames(globalThis)]'
  try {
    const first = await run(look)
    for (const code of ends) {
      await run(code).catch(() => undefined)
      expect(await sandbox.run({ code: look, globals: {}, timeoutMs: 5_000 })).toEqual(first)
    }
  } finally {
    await sandbox.close()
  }
})

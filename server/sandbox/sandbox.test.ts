// biome-ignore-all lint/suspicious/noTemplateCurlyInString: signs that must arrive as they are
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import { defaultLimits } from './limits.ts'
import { createSandbox } from './sandbox.ts'
import { failure, run, value } from './test-sandbox.ts'

describe('code is the body of an async function', () => {
  test.each<[string, Json]>([
    ['return 1 + 1', 2],
    ['return input.list.map((n) => n * 2)', [2, 4]],
    ['return await Promise.all([1, Promise.resolve(2)])', [1, 2]],
    ['for await (const n of (async function* () { yield 7 })()) return n', 7],
    ['', null],
    ['return undefined', null],
    ['return () => 1', null],
    [
      'return { a: undefined, b: NaN, c: new Date(0), d: new Map([[1, 2]]) }',
      { b: null, c: '1970-01-01T00:00:00.000Z', d: {} },
    ],
    ['return 1 // and a comment', 1],
    ['x = 5; return x', 5],
    ['return JSON.parse(\'{"__proto__":{"a":1}}\')', JSON.parse('{"__proto__":{"a":1}}')],
  ])('%s', async (code, expected) => {
    expect(await value(code, { input: { list: [1, 2] } })).toEqual(expected)
  })

  test('values arrive and leave as they were, whatever is in them (CN-15)', async () => {
    const odd = [
      '"',
      "'",
      '`',
      '${x}',
      '</script>',
      '\r\n',
      '\u2028',
      '\u0000',
      '\ud800',
      '😀',
      '\\',
      '__proto__',
    ]
    expect(await value('return input', { input: odd })).toEqual(odd)
    const proto: Json = JSON.parse('{"__proto__":{"a":1},"constructor":2,"then":3}')
    expect(JSON.stringify(await value('return { input }', { input: proto }))).toBe(
      JSON.stringify({ input: proto }),
    )
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (data) => {
        const json: Json = JSON.parse(JSON.stringify(data))
        expect(await value('return input', { input: json })).toEqual(json)
      }),
      { numRuns: 60, seed: 7 },
    )
  })

  test('an error says what and where', async () => {
    expect(await failure('\n\nnull.x')).toMatchObject({
      code: 'code_error',
      message: expect.stringMatching(/TypeError.*\(line 3\)/),
    })
    expect(await failure('return (')).toMatchObject({
      code: 'code_error',
      message: expect.stringContaining('SyntaxError'),
    })
    expect(await failure('throw "text"')).toMatchObject({ code: 'code_error', message: 'text' })
    expect(await failure('throw { get message() { throw 1 } }')).toMatchObject({ code: 'code_error' })
    expect(await failure('const a = {}; a.a = a; return a')).toMatchObject({ code: 'code_error' })
    expect(await failure('await new Promise(() => {})')).toMatchObject({
      code: 'code_error',
      message: expect.stringContaining('never comes'),
    })
    expect(await failure('return 1n')).toMatchObject({ code: 'code_error' })
    expect(await failure('return "\0"')).toMatchObject({ code: 'code_error' })
    await expect(run('return 1', { 'a b': 1 })).rejects.toThrow('cannot be the name')
  })
})

describe('logs', () => {
  test('are collected in order', async () => {
    const { logs } = await run(
      'console.log("a", 1, { b: [2] }); console.error(null, undefined, new Error("e"))',
    )
    expect(logs).toEqual(['a 1 {"b":[2]}', 'null undefined Error: e'])
  })

  test('come with a failure too', async () => {
    expect((await failure('console.log("before"); throw new Error("x")')).logs).toEqual(['before'])
  })

  test('have limits (CN-09)', async () => {
    const many = await run('for (let i = 0; i < 1e6; i++) console.log("line " + i)')
    expect(many.logs).toHaveLength(defaultLimits.logLines + 1)
    expect(many.logs.at(-1)).toContain('more was logged')
    const long = await run(
      'console.log("x".repeat(1e7)); for (let i = 0; i < 100; i++) console.log("y".repeat(4000))',
    )
    expect(long.logs.join('').length).toBeLessThan(defaultLimits.logBytes + 100)
  })
})

describe('nothing of the host is there', () => {
  test('by name (CN-01, CN-11, CN-17)', async () => {
    const names = [
      'process',
      'require',
      'module',
      'exports',
      'Buffer',
      'fetch',
      'WebSocket',
      'XMLHttpRequest',
      'setTimeout',
      'setImmediate',
      'queueMicrotask',
      'WebAssembly',
      'SharedArrayBuffer',
      'Atomics',
      'performance',
      'std',
      'os',
      'Deno',
      'Bun',
      'global',
      'window',
      'self',
      'Worker',
      'structuredClone',
      '__dirname',
    ]
    const found = await value(
      'return names.filter((name) => typeof globalThis[name] !== "undefined" || eval("typeof " + name) !== "undefined")',
      { names },
    )
    expect(found).toEqual([])
  })

  test('by walking', async () => {
    const code = `
      const fail = []
      const tries = {
        ctor: () => (() => {}).constructor('return typeof process + typeof require + typeof fetch')(),
        log: () => console.log.constructor('return typeof process')(),
        async: () => (async () => {}).constructor.constructor('return typeof process')(),
        caller: () => console.log.caller ?? 'none',
        stack: () => { Error.prepareStackTrace = (_, s) => s; return typeof new Error().stack },
      }
      const out = {}
      for (const name of Object.keys(tries)) { try { out[name] = tries[name]() } catch (e) { out[name] = 'threw' } }
      return out`
    expect(await value(code)).toEqual({
      ctor: 'undefinedundefinedundefined',
      log: 'undefined',
      async: 'undefined',
      caller: expect.stringMatching(/^(none|threw)$/),
      stack: 'string',
    })
  })

  test('modules cannot be imported', async () => {
    for (const name of [
      'node:fs',
      'fs',
      'std',
      'os',
      './worker.mjs',
      'file:///etc/passwd',
      'data:text/javascript,export default 1',
    ])
      expect(await failure(`return await import(${JSON.stringify(name)})`)).toMatchObject({
        code: 'code_error',
      })
  })

  test('the globals are JavaScript’s own and console, no more (CN-13)', async () => {
    const own = await value('return Object.getOwnPropertyNames(globalThis).sort()')
    const known = new Set([
      ...Object.getOwnPropertyNames(globalThis),
      'console',
      'InternalError',
      'Iterator',
      'Float16Array',
    ])
    expect(Array.isArray(own) && own.filter((name) => typeof name !== 'string' || !known.has(name))).toEqual(
      [],
    )
    expect(await value('return Object.keys(console).sort()')).toEqual([
      'debug',
      'error',
      'info',
      'log',
      'warn',
    ])
  })
})

describe('nothing of one run is there for the next (CN-03)', () => {
  test('prototypes and globals', async () => {
    const spoil = `
      Array.prototype.map = () => 'spoilt'
      Object.prototype.polluted = 'spoilt'
      Promise.prototype.then = () => 'spoilt'
      JSON.stringify = () => '"spoilt"'
      JSON.parse = () => 'spoilt'
      Function.prototype.call = () => 'spoilt'
      String.prototype.slice = () => 'spoilt'
      globalThis.left = 'spoilt'
      console.log('still logged')
      return { kept: 1 }`
    for (let at = 0; at < 4; at += 1) {
      expect(await run(spoil)).toEqual({ value: { kept: 1, polluted: undefined }, logs: ['still logged'] })
      const clean = await value(
        'return [[1].map((n) => n + 1), ({}).polluted ?? null, typeof left, JSON.stringify(input)]',
        { input: [1] },
      )
      expect(clean).toEqual([[2], null, 'undefined', '[1]'])
    }
  })

  test('memory (CN-05)', async () => {
    const secret = 'canary-4711'
    await run(`globalThis.kept = Array.from({ length: 1000 }, () => input.repeat(500)); return kept.length`, {
      input: secret,
    })
    const found = await value(`
      const bytes = new Uint8Array(10_000_000)
      return bytes.some((byte) => byte !== 0)`)
    expect(found).toBe(false)
  })

  test('chance', async () => {
    const code = 'return [Math.random(), Math.random()]'
    const [one, other] = await Promise.all([value(code), value(code)])
    const third = await value(code)
    const all = [one, other, third].flat()
    expect(new Set(all).size).toBe(6)
    expect(all.every((chance) => typeof chance === 'number' && chance >= 0 && chance < 1)).toBe(true)
  })
})

describe('limits', () => {
  test.each([
    ['while (true) {}'],
    ['for (;;) await 0'],
    ['try { while (true) {} } catch { } finally { while (true) {} }'],
    ['return /^(a+)+$/.test("a".repeat(40) + "b")'],
    ['const p = () => Promise.resolve().then(p); await p()'],
    ['Object.prototype.toJSON = () => { while (true) {} }; return {}'],
    ['return [1, 2].sort(() => { while (true) {} })'],
  ])('time: %s', async (code) => {
    expect(await failure(code, { timeoutMs: 200 })).toMatchObject({
      code: 'code_timeout',
      message: 'The code did not end within 200 ms',
      retryable: false,
    })
    expect(await value('return 1')).toBe(1)
  })

  test.each([
    ['const a = []; while (true) a.push(new Array(1e5).fill(1))'],
    ['let a = "xxxxxxxx"; while (true) a += a'],
    ['const a = []; while (true) a.push(new ArrayBuffer(1e6))'],
    ['const a = {}; for (let i = 0; ; i++) a["key" + i] = { i }'],
    ['return new Uint8Array(1e8).length'],
  ])('memory: %s (CN-07)', async (code) => {
    const { code: found } = await failure(code, { timeoutMs: 20_000 })
    // A single block that is too large is refused as an error of the language.
    expect(['code_memory', 'code_error']).toContain(found)
    expect(await value('return 1')).toBe(1)
  })

  test.each([
    [`return ${'('.repeat(1e5)}1${')'.repeat(1e5)}`],
    [`return ${'['.repeat(1e5)}${']'.repeat(1e5)}`],
    ['const f = () => f(); f()'],
    ['let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a'],
    ['return JSON.parse("[".repeat(1e6))'],
    ['return new RegExp("(".repeat(1e5)).test("a")'],
  ])('nesting: %.40s', async (code) => {
    expect((await failure(code, { timeoutMs: 20_000 })).code).toMatch(/^code_(error|memory)$/)
    expect(await value('return 1')).toBe(1)
  })

  test('output', async () => {
    const of = createSandbox({ outputBytes: 1_000, workers: 1 })
    try {
      expect(await failure('return "x".repeat(2000)', { of })).toMatchObject({
        code: 'code_error',
        message: expect.stringContaining('1000'),
      })
      expect(
        (await of.run({ code: 'return "x".repeat(900)', globals: {}, timeoutMs: 1000 })).value,
      ).toHaveLength(900)
    } finally {
      await of.close()
    }
  })
})

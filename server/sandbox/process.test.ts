import { type ChildProcess, execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { defaultLimits } from './limits.ts'
import { createSandbox } from './sandbox.ts'
import { spawnChild } from './spawn-child.ts'
import { failure, value } from './test-sandbox.ts'

describe('many at once', () => {
  test('each gets its own answer', async () => {
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        at % 10 === 3
          ? failure('throw new Error("no")').then(({ code }) => code)
          : value(
              'const list = []; for (let i = 0; i < 1000; i++) { list.push(input); await 0 } return list.length + input',
              { input: at },
            ),
      ),
    )
    expect(results).toEqual(
      Array.from({ length: 100 }, (_, at) => (at % 10 === 3 ? 'code_error' : 1000 + at)),
    )
  })

  test('one that is stopped makes room', async () => {
    const of = createSandbox({ workers: 1 })
    try {
      const stop = new AbortController()
      const endless = of.run({ code: 'while (true) {}', globals: {}, timeoutMs: 60_000, signal: stop.signal })
      const waiting = of.run({ code: 'return "next"', globals: {}, timeoutMs: 5_000 })
      const reason = new Error('cancelled')
      stop.abort(reason)
      await expect(endless).rejects.toBe(reason)
      expect((await waiting).value).toBe('next')
    } finally {
      await of.close()
    }
  })

  test('when the process dies, what ran in it runs again', async () => {
    const children: ChildProcess[] = []
    const of = createSandbox({}, (limits) => {
      const child = spawnChild(limits)
      children.push(child)
      return child
    })
    try {
      await of.run({ code: 'return 1', globals: {}, timeoutMs: 5_000 })
      const slow = of.run({
        code: 'const end = Date.now() + 300; while (Date.now() < end) {} return "done"',
        globals: {},
        timeoutMs: 5_000,
      })
      children[0]?.kill('SIGKILL')
      expect((await slow).value).toBe('done')
      expect(children).toHaveLength(2)
    } finally {
      await of.close()
    }
  })

  test('a process that hangs is ended', async () => {
    const children: ChildProcess[] = []
    const of = createSandbox({ workers: 1 }, (limits) => {
      const child = spawnChild(limits)
      children.push(child)
      return child
    })
    try {
      await of.run({ code: 'return 1', globals: {}, timeoutMs: 5_000 })
      const started = new Promise((done) => children[0]?.on('message', done))
      const slow = failure('const end = Date.now() + 100; while (Date.now() < end) {} return 1', {
        of,
        timeoutMs: 200,
      })
      await started
      children[0]?.kill('SIGSTOP')
      expect(await slow).toMatchObject({ code: 'code_timeout' })
      expect((await of.run({ code: 'return 2', globals: {}, timeoutMs: 5_000 })).value).toBe(2)
    } finally {
      await of.close()
    }
  })

  test('a closed sandbox takes no more', async () => {
    const of = createSandbox()
    await of.close()
    await expect(of.run({ code: 'return 1', globals: {}, timeoutMs: 1_000 })).rejects.toThrow('closed')
  })
})

describe('the process', () => {
  test('has no environment, no rights and nothing to inherit', async () => {
    const child = spawnChild(defaultLimits)
    try {
      await new Promise((done) => child.once('message', done))
      const proc = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, 'utf8')
      if (process.platform !== 'linux') return expect(child.spawnargs.join(' ')).toContain('permission')
      const environment = proc('environ')
        .split('\0')
        .map((pair) => pair.split('=')[0])
        .filter(Boolean)
      expect(environment.filter((name) => !name?.startsWith('NODE_CHANNEL_'))).toEqual([])
      if (process.getuid?.() === 0) expect(proc('status')).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m)
      expect(proc('cmdline')).toContain('permission')
      expect(proc('cmdline')).toContain('--disallow-code-generation-from-strings')
    } finally {
      const exited = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await exited
    }
  })

  test('reads nothing but the engine, writes nothing, starts nothing, and has no eval', async () => {
    const child = spawnChild(defaultLimits)
    const flags = child.spawnargs.slice(1).filter((argument) => argument.startsWith('--'))
    child.kill('SIGKILL')
    const tries = `
      const { readFileSync, writeFileSync } = require('node:fs')
      const attempts = [
        () => readFileSync(process.execPath),
        () => writeFileSync('trama-canary', ''),
        () => require('node:child_process').execFileSync(process.execPath, ['--version']),
        () => eval('1'),
      ]
      console.log(JSON.stringify(attempts.map((attempt) => { try { attempt(); return 'done' } catch (e) { return e.code ?? e.name } })))`
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--eval', tries], {
      cwd: tmpdir(),
    })
    const denied = 'ERR_ACCESS_DENIED'
    expect(JSON.parse(stdout)).toEqual([denied, denied, denied, 'EvalError'])
  })

  test('ends with its parent', async () => {
    const child = spawnChild(defaultLimits)
    await new Promise((done) => child.once('message', done))
    const exited = new Promise((done) => child.once('exit', done))
    child.disconnect()
    expect(await exited).toBe(0)
  })
})

import { afterAll, expect, test } from 'vitest'
import { createSandbox } from './sandbox.ts'

const sandbox = createSandbox({ workers: 1 })
afterAll(() => sandbox.close())

test('a tenant with much code in line does not hold up another', async () => {
  const ended: string[] = []
  const run = async (lane: string, name: string) => {
    await sandbox.run({ code: 'return 1', globals: {}, timeoutMs: 5_000, lane })
    ended.push(name)
  }
  const many = Array.from({ length: 30 }, (_, at) => run('many', `many ${at}`))
  await Promise.all([...many, run('few', 'few 0'), run('few', 'few 1')])
  // Whichever began before the line formed: at most one of the others goes before each.
  expect(ended.indexOf('few 1')).toBeLessThan(5)
  expect(ended.filter((name) => name.startsWith('many'))).toEqual(many.map((_, at) => `many ${at}`))
})

test('code that is given up on leaves the line', async () => {
  const stop = new AbortController()
  const first = sandbox.run({ code: 'return 1', globals: {}, timeoutMs: 5_000, lane: 'a' })
  const gone = sandbox.run({
    code: 'return 2',
    globals: {},
    timeoutMs: 5_000,
    lane: 'b',
    signal: stop.signal,
  })
  const last = sandbox.run({ code: 'return 3', globals: {}, timeoutMs: 5_000, lane: 'b' })
  stop.abort(new Error('Given up'))
  await expect(gone).rejects.toThrow('Given up')
  expect((await first).value).toBe(1)
  expect((await last).value).toBe(3)
})

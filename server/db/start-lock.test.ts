import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { withStartLock } from './start-lock.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trama-lock-test-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

test('of many at once one works at a time, and the lock is gone afterwards', async () => {
  const file = path.join(folder, 'many')
  let working = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 5 }, () =>
      withStartLock(file, async () => {
        most = Math.max(most, ++working)
        await sleep(5)
        working--
      }),
    ),
  )
  expect(most).toBe(1)
  expect(fs.existsSync(file)).toBe(false)
})

test('work that fails gives the lock back', async () => {
  const file = path.join(folder, 'failing')
  await expect(withStartLock(file, () => Promise.reject(new Error('No')))).rejects.toThrow('No')
  expect(await withStartLock(file, async () => 'yes')).toBe('yes')
})

test('a holder that died holds it no longer, and only one takes its place', async () => {
  const file = path.join(folder, 'dead')
  // The largest process id there can be: nobody has it.
  fs.writeFileSync(file, '4194304 left')
  let working = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 3 }, () =>
      withStartLock(file, async () => {
        most = Math.max(most, ++working)
        await sleep(5)
        working--
      }),
    ),
  )
  expect(most).toBe(1)
})

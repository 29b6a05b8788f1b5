import { expect, test } from 'vitest'
import { dueMs, idempotencyKey, whyNotAgain } from './effects.ts'

test('a key is the same for a step of a run, and of no other', () => {
  expect(idempotencyKey('run', 'each[1].send')).toBe(idempotencyKey('run', 'each[1].send'))
  const keys = [
    idempotencyKey('run', 'send'),
    idempotencyKey('run', 'send[1]'),
    idempotencyKey('other', 'send'),
  ]
  expect(new Set(keys).size).toBe(3)
})

test('a retry is never early, at most a fifth late, and the same on every worker', () => {
  const command = { sinceMs: 1_000, delayMs: 500, step: 'send' }
  expect(dueMs(command, 'run')).toBe(dueMs({ ...command }, 'run'))
  for (let run = 0; run < 100; run++) {
    expect(dueMs(command, `${run}`)).toBeGreaterThanOrEqual(1_500)
    expect(dueMs(command, `${run}`)).toBeLessThanOrEqual(1_600)
  }
  expect(dueMs({ ...command, delayMs: 0 }, 'run')).toBe(0)
})

test.each([
  ['none', 2, undefined],
  ['none', 3, 'worker_crashed'],
  ['idempotent', 1, undefined],
  ['once', 0, 'outcome_unknown'],
  ['once', 3, 'worker_crashed'],
] as const)('a step of effect %s after %i crashes', (effect, crashes, code) =>
  expect(whyNotAgain({ status: 'interrupted', attempt: 1, crashes }, effect)?.code).toBe(code),
)

test('only what was cut short is in doubt', () =>
  expect(whyNotAgain({ status: 'started', attempt: 1, crashes: 9 }, 'once')).toBeNull())

import { describe, expect, test } from 'vitest'
import { idempotencyKey, retryAt, whyNotAgain } from './effects.ts'

test('a key is the same for a step of a run, and of no other', () => {
  expect(idempotencyKey('run', 'each[1].send')).toBe(idempotencyKey('run', 'each[1].send'))
  const keys = [
    idempotencyKey('run', 'send'),
    idempotencyKey('run', 'send[1]'),
    idempotencyKey('other', 'send'),
  ]
  expect(new Set(keys).size).toBe(3)
})

describe('a retry', () => {
  const policy = { backoff: 'exponential' as const }
  const at = (run: number, about: Parameters<typeof retryAt>[1] = { policy, failure: undefined }) =>
    retryAt({ sinceMs: 1_000, delayMs: 500, name: `${run}/send` }, about)
  const runs = Array.from({ length: 1_000 }, (_, run) => run)

  test('comes at the same moment on every worker', () => expect(at(7)).toBe(at(7)))

  test('comes anywhere in the pause, as often early as late', () => {
    const moments = runs.map((run) => at(run))
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(1_000)
    expect(Math.max(...moments)).toBeLessThanOrEqual(1_500)
    const tenths = Array.from({ length: 10 }, (_, tenth) =>
      moments.filter((moment) => Math.min(9, Math.floor((moment - 1_000) / 50)) === tenth),
    )
    for (const some of tenths) expect(some.length).toBeGreaterThan(60)
  })

  test.each([
    ['one that the other side asked for', { policy, failure: { retryAfterMs: 500 } }],
    ['a fixed one', { policy: { backoff: 'fixed' as const }, failure: undefined }],
  ])('keeps a pause whole: %s', (_, about) => {
    const moments = runs.map((run) => at(run, about))
    expect(Math.min(...moments)).toBeGreaterThanOrEqual(1_500)
    expect(Math.max(...moments)).toBeLessThanOrEqual(1_600)
  })
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

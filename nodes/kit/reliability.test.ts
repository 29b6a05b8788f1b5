import { describe, expect, test } from 'vitest'
import type { Failure } from './failure.ts'
import { Reliability, type RetryPolicy, retryDelay, retryPolicy, retryWindow } from './reliability.ts'

const busy: Failure = { code: 'http_503', message: 'Busy', retryable: true }
const asked: Failure = { ...busy, retryAfterMs: 7_000 }
const patient: Failure = { ...busy, retryAfterMs: 86_400_000 }
const final: Failure = { ...busy, retryable: false }
const growing: RetryPolicy = { attempts: 5, delayMs: 1_000 }
const fixed: RetryPolicy = { ...growing, backoff: 'fixed' }

test.each<[string, RetryPolicy, number, Failure, number | null]>([
  ['the first pause is the one set', growing, 1, busy, 1_000],
  ['it doubles', growing, 2, busy, 2_000],
  ['and again', growing, 4, busy, 8_000],
  ['a fixed one does not', fixed, 4, busy, 1_000],
  ['no attempt is left', growing, 5, busy, null],
  ['what will not pass is not tried again', growing, 1, final, null],
  ['the other side’s pause counts more', growing, 1, asked, 7_000],
  ['also than a fixed one', fixed, 1, asked, 7_000],
  ['but not longer than an hour', growing, 1, patient, 3_600_000],
  ['nor does the doubling', { attempts: 20, delayMs: 60_000 }, 19, busy, 3_600_000],
])('%s', (_, policy, attempt, failure, expected) => {
  expect(retryDelay(policy, attempt, failure)).toBe(expected)
})

test.each<[string, RetryPolicy, Failure | undefined, { fromMs: number; toMs: number }]>([
  ['anywhere up to the pause', growing, busy, { fromMs: 0, toMs: 1_000 }],
  ['a fixed pause is kept whole', fixed, busy, { fromMs: 1_000, toMs: 1_200 }],
  ['and so is one that was asked for', growing, asked, { fromMs: 1_000, toMs: 1_200 }],
  ['a failure nobody remembers', growing, undefined, { fromMs: 0, toMs: 1_000 }],
])('the next try falls: %s', (_, policy, failure, expected) => {
  expect(retryWindow(1_000, { policy, failure })).toEqual(expected)
})

describe('what a maker set', () => {
  test('stands before the node’s own, part by part', () => {
    expect(retryPolicy(growing)).toEqual(growing)
    expect(retryPolicy(growing, { attempts: 2 })).toEqual({ attempts: 2, delayMs: 1_000 })
    expect(retryPolicy(growing, { backoff: 'fixed', delayMs: 5 })).toEqual({
      attempts: 5,
      delayMs: 5,
      backoff: 'fixed',
    })
  })

  test.each([
    { rate: { calls: 0, perMs: 1_000 } },
    { rate: { calls: 10 } },
    { breaker: { failures: 5, pauseMs: 10 } },
    { cache: { ageMs: 1 } },
    { cache: { ageMs: 1_000, key: 'text' } },
    { backoff: 'linear' },
    { onFailure: 'ignore' },
  ])('is refused beyond its limits: %j', (settings) => {
    expect(Reliability.safeParse(settings).success).toBe(false)
  })
})

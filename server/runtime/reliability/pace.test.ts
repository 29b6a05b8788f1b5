import { expect, test } from 'vitest'
import { paceOf } from './pace.ts'

test.each([
  ['one a minute', { calls: 1, perMs: 60_000 }, { turns: 1, apartMs: 60_000, weight: 1, ahead: 0 }],
  ['ten a second', { calls: 10, perMs: 1_000 }, { turns: 10, apartMs: 1_000, weight: 1, ahead: 0 }],
  ['a hundred a second', { calls: 100, perMs: 1_000 }, { turns: 100, apartMs: 1_100, weight: 1, ahead: 10 }],
  ['600 a minute', { calls: 600, perMs: 60_000 }, { turns: 600, apartMs: 61_000, weight: 1, ahead: 10 }],
  [
    'a thousand a day',
    { calls: 1_000, perMs: 86_400_000 },
    { turns: 1_000, apartMs: 86_400_000, weight: 1, ahead: 0 },
  ],
  [
    '60,000 a minute',
    { calls: 60_000, perMs: 60_000 },
    { turns: 1_000, apartMs: 1_100, weight: 1, ahead: 100 },
  ],
  ['1,500 a second', { calls: 1_500, perMs: 1_000 }, { turns: 750, apartMs: 1_100, weight: 2, ahead: 150 }],
  ['6,000 a second', { calls: 6_000, perMs: 1_000 }, { turns: 1_000, apartMs: 1_100, weight: 6, ahead: 600 }],
])('%s', (_, rate, expected) => {
  expect(paceOf(rate)).toMatchObject(expected)
})

test('is never faster than what was set', () => {
  for (const calls of [1, 3, 99, 100, 101, 150, 999, 12_345, 100_000])
    for (const perMs of [100, 999, 1_000, 7_777, 60_000, 86_400_000]) {
      const { turns, apartMs, weight } = paceOf({ calls, perMs })
      expect((turns * weight) / apartMs).toBeLessThanOrEqual(calls / perMs + 1e-12)
      expect(turns).toBeGreaterThanOrEqual(1)
      expect(turns).toBeLessThanOrEqual(1_000)
    }
})

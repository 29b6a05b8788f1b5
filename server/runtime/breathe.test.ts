import { expect, test } from 'vitest'
import { breathe } from './breathe.ts'

test('work that never waits lets timers and requests have their turn', async () => {
  let heard = 0
  const timer = setInterval(() => heard++, 1)
  const untilMs = performance.now() + 10_000
  let rounds = 0
  while (heard < 3 && performance.now() < untilMs) {
    rounds++
    await breathe()
  }
  clearInterval(timer)
  expect(heard).toBe(3)
  // It does not wait in every round.
  expect(rounds).toBeGreaterThan(10)
})

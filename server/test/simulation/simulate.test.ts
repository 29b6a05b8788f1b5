import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const SEEDS = 200

test(`keeps every promise over ${SEEDS} seeds of crashes, lost messages and lost leases`, {
  timeout: 60_000,
}, () => {
  const totals = { deaths: 0, refused: 0, effects: 0, undone: 0 }
  for (let seed = 1; seed <= SEEDS; seed++) {
    const report = simulate({ seed })
    expect(report.problems, `simulate({ seed: ${seed} })`).toEqual([])
    for (const name of ['deaths', 'refused', 'effects', 'undone'] as const) totals[name] += report[name]
  }
  // It would keep them all if nothing ever went wrong.
  for (const count of Object.values(totals)) expect(count).toBeGreaterThan(SEEDS / 4)
})

test('the same seed gives the same run of things', () =>
  expect(simulate({ seed: 7 })).toEqual(simulate({ seed: 7 })))

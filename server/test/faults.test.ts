import { expect, test } from 'vitest'
import { runFaults } from '../../scripts/faults/run.ts'

// A short piece of `npm run faults` (docs/reliability.md): real processes, a real queue, killed under load.

const SEED = 20_261_121
const brief = new Set([
  'kill -9 of a worker',
  'kill -9 of a web process',
  'kill -9 of a scheduler',
  'Redis FLUSHALL',
])

test(`processes are killed under load (seed ${SEED}): nothing accepted is lost, stuck or done twice`, async () => {
  const found = await runFaults({
    ...{ seed: SEED, queue: 'redis', kills: 6, seconds: 0, perSecond: 4 },
    pauseMs: { from: 300, to: 1_500 },
    // This machine may have much else to do.
    quietMs: 90_000,
    only: (name) => brief.has(name),
    say: () => undefined,
  })
  const nothing = Object.fromEntries(Object.keys(found.wrong).map((name) => [name, []]))
  expect(found.wrong).toEqual(nothing)
  expect(found.figures.acknowledged).toBeGreaterThan(0)
  expect(found.figures.calls).toBeGreaterThan(0)
  expect(found.injected.size).toBeGreaterThan(1)
}, 240_000)

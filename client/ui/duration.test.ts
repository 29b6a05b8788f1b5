import { expect, it } from 'vitest'
import { formatDuration } from './duration.ts'

it.each([
  [0, '0ms'],
  [340, '340ms'],
  [999.6, '1s'],
  [2_449, '2.4s'],
  [9_960, '10s'],
  [59_400, '59s'],
  [59_700, '1m'],
  [185_000, '3m 5s'],
  [3_600_000, '1h'],
  [7_800_000, '2h 10m'],
  [86_400_000 * 4 + 3_600_000 * 3, '4d 3h'],
])('writes %d ms as %s', (ms, text) => {
  expect(formatDuration(ms, 'en')).toBe(text)
})

it('writes in the language of the viewer', () => {
  expect(formatDuration(2_449, 'pt-BR')).toMatch(/^2,4\s?s$/)
})

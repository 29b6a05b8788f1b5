import { expect, test } from 'vitest'
import { eventKey } from './event-key.ts'

test.each(['evt_1', '<a@b.example>', 'é😀', 'x'.repeat(200)])('%s is kept as it is', (key) =>
  expect(eventKey(key)).toBe(key),
)

test('what the database cannot keep, or not as long as it is, becomes a hash of its own', () => {
  const keys = ['a\u0000', 'a\ud800', 'a\ud801', 'x'.repeat(201), 'y'.repeat(10_000)].map(eventKey)
  expect(new Set(keys).size).toBe(5)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/)
})

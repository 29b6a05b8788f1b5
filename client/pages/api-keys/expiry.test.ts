import { expect, it } from 'vitest'
import { expiresAt, expiries } from './expiry.ts'

it('counts from now', () => {
  const now = new Date('2026-01-01T00:00:00Z')
  expect(expiries.map((expiry) => expiresAt(expiry, now))).toEqual([
    '2026-01-31T00:00:00.000Z',
    '2026-04-01T00:00:00.000Z',
    '2027-01-01T00:00:00.000Z',
    undefined,
  ])
})

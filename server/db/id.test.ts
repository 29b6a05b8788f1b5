import { expect, test } from 'vitest'
import { newId, shortId } from './id.ts'

test('an id is a UUID of version 7 that holds its time', () => {
  const id = newId(0x0123456789ab)
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('later ids sort after earlier ones', () => {
  const ids = [1, 2, 300, 70_000, Date.now()].map((time) => newId(time))
  expect([...ids].sort()).toEqual(ids)
})

test('a short id is of small letters and digits, each as likely', () => {
  expect(shortId()).toMatch(/^[0-9a-z]{16}$/)
  const letters = shortId(36_000).split('')
  const counts = countsOf(letters)
  expect(counts.size).toBe(36)
  // Expected 1,000 each; six standard deviations to either side.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190)
})

function countsOf(letters: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return counts
}

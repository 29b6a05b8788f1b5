import { expect, it } from 'vitest'
import { relativeTime } from './relative-time.ts'

const now = Date.UTC(2026, 0, 31)
const said = (seconds: number, locale = 'en') => relativeTime({ at: now + seconds * 1000, now, locale })

it.each([
  [0, 'now'],
  [3, 'now'],
  [-4, 'now'],
  [-30, '30 sec. ago'],
  [-3_599, '59 min. ago'],
  [-3_600, '1 hr. ago'],
  [-86_400 * 2, '2 days ago'],
  [-86_400 * 45, 'last mo.'],
  [86_400 * 5, 'in 5 days'],
])('says %d seconds as %s', (seconds, text) => {
  expect(said(seconds)).toBe(text)
})

it('says it in Portuguese', () => {
  expect(said(-3_600 * 2, 'pt-BR')).toBe('há 2 h')
})

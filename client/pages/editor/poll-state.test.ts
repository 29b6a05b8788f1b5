import { expect, it } from 'vitest'
import { pollState } from './poll-state.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const at = (seconds: number) => now + seconds * 1_000
const iso = (seconds: number) => new Date(at(seconds)).toISOString()
const poll = { nodeKey: 'mail', everyMs: 60_000, nextAt: iso(20), begun: true, failures: 0, failure: null }

it('tells when a trigger looked last and looks next', () => {
  expect(pollState(poll, now)).toEqual({ lastAt: at(-40), nextAt: at(20), trouble: null })
})

it('knows of no last time before the first one', () => {
  const first = { ...poll, begun: false, nextAt: iso(-3) }
  expect(pollState(first, now)).toEqual({ lastAt: null, nextAt: now, trouble: null })
})

it('says what went wrong, and when it tries again', () => {
  const failure = { code: 'http_401', message: 'Google refused the sign-in', at: iso(-90) }
  const failing = { ...poll, begun: false, failures: 3, failure, nextAt: iso(390) }
  expect(pollState(failing, now)).toEqual({ lastAt: at(-90), nextAt: at(390), trouble: failure.message })
})

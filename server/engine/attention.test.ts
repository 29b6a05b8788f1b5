import { expect, test } from 'vitest'
import { attentionName, resumedAfter } from './attention.ts'
import type { RunEvent } from './history.ts'
import { begun, draw, failed, next, recorded, takenOver } from './test-graphs.ts'

// A step that did not end well and asks what is to become of it.

const plan = draw(['start -> send', 'send -> after'], { retry: { send: { attempts: 2, delayMs: 1 } } })
const asksWhat = (attempt: number): RunEvent => ({
  type: 'step.suspended',
  step: 'send',
  attempt,
  asks: [{ name: attentionName(attempt), task: 'task', untilMs: null }],
  attention: { why: 'exhausted', failure: { code: 'down', message: 'It is down', retryable: true } },
})
const resolved = (attempt: number) => recorded('send', attentionName(attempt))

test('it waits, with its run, until somebody decides', () => {
  expect(next(plan, begun('send'), asksWhat(1))).toEqual([])
  expect(next(plan, begun('send'), asksWhat(1), takenOver)).toEqual([])
  expect(next(plan, begun('send'), asksWhat(1), resolved(1))).toEqual(['send'])
})

test('after that it has all of its retries anew', () => {
  const before = [...failed('send', 1), begun('send', 2), asksWhat(2), resolved(2)]
  expect(next(plan, ...before, ...failed('send', 3))).toEqual(['send#4'])
  expect(next(plan, ...before, ...failed('send', 3), ...failed('send', 4))).toEqual(['failed'])
})

test('what nobody has decided counts for nothing', () => {
  expect(resumedAfter(undefined)).toBe(0)
  expect(resumedAfter(new Map([[attentionName(2), { status: 'begun' }]]))).toBe(0)
  const done = { status: 'done', output: null } as const
  expect(
    resumedAfter(
      new Map([...[2, 10, 3].map((at) => [attentionName(at), done] as const), ['model[99]', done]]),
    ),
  ).toBe(10)
})

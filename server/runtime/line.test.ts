import { expect, test } from 'vitest'
import { type Line, merged } from './line.ts'

const line = (token: number, seq: number): Line => ({
  run: { tenantId: 't', runId: 'r', token },
  workflowId: 'w',
  events: [{ seq, at: 0, event: { type: 'run.cancelled', reason: '' }, text: '' }],
  tasks: [],
  closes: [],
  used: { costUsd: 0, inputTokens: 0, outputTokens: 0 },
})
const shape = (lines: readonly Line[]) =>
  lines.map(({ run, events }) => [run.token, ...events.map(({ seq }) => seq)])

test('what meets of one run is written as one', () =>
  expect(shape(merged([line(1, 2), line(1, 3)]))).toEqual([[1, 2, 3]]))

test.each([
  ['older first', [line(1, 2), line(2, 2), line(2, 3)]],
  ['newer first', [line(2, 2), line(1, 2), line(2, 3)]],
])('a worker that takes a run again does not write what it had before under its new token: %s', (_, batch) =>
  expect(shape(merged(batch))).toEqual([[2, 2, 3]]),
)

import { expect, it } from 'vitest'
import { freshRuns, mergeRuns } from './merge.ts'
import type { RunRow } from './row.ts'

const run = (id: string, second: number, status: RunRow['status'] = 'running'): RunRow => ({
  id,
  workflowId: 'w',
  workflowName: 'Orders',
  version: 1,
  status,
  startedBy: 'webhook',
  createdAt: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`,
  startedAt: null,
  finishedAt: null,
  failure: null,
  failureKey: null,
  costUsd: 0,
  attention: false,
})

const shown = [run('c', 30), run('b', 20), run('a', 10)]

it('changes rows where they are', () => {
  const merged = mergeRuns(shown, [run('d', 40), run('b', 20, 'failed')])
  expect(merged.map(({ id, status }) => [id, status])).toEqual([
    ['c', 'running'],
    ['b', 'failed'],
    ['a', 'running'],
  ])
})

it('leaves the list alone when nothing is known', () => {
  expect(mergeRuns(shown, [])).toBe(shown)
})

it('counts runs that started since', () => {
  expect(freshRuns(shown, [run('e', 50), run('d', 40), run('c', 30)]).map(({ id }) => id)).toEqual(['e', 'd'])
})

it('does not count an older run that matches the filter only now', () => {
  expect(freshRuns([run('c', 30, 'failed')], [run('c', 30, 'failed'), run('b', 20, 'failed')])).toEqual([])
})

it('counts the first runs of an empty list', () => {
  expect(freshRuns([], [run('a', 10)])).toHaveLength(1)
})

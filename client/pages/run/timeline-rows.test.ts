import { describe, expect, it } from 'vitest'
import { runRecord } from '#client/canvas/run-record.ts'
import { noRetry } from '#nodes/kit/reliability.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { timelineRows } from './timeline-rows.ts'

const at = { step: 'ann', attempt: 1 } as const
const record = (...events: RunEvent[]) =>
  runRecord(
    [
      { type: 'run.started', trigger: 'start', output: null } satisfies RunEvent,
      { type: 'step.started', ...at } satisfies RunEvent,
      ...events,
    ].map((event, index) => ({ seq: index + 1, at: index, event })),
  )
const model: RunEvent = { type: 'substep.started', ...at, name: 'model[0]', kind: 'model', title: 'm' }
const none: ReadonlySet<string> = new Set()
const lines = (of: ReturnType<typeof record>, turned = none, persons = none) =>
  timelineRows(of, { turned, persons, policyOf: () => noRetry }).map(
    ({ key, depth, status, sub }) => `${depth} ${sub?.name ?? key} ${status}`,
  )

it('shows what an agent does under it, until that is hidden', () => {
  expect(lines(record(model))).toEqual(['0 start done', '0 ann running', '1 model[0] running'])
  expect(lines(record(model), new Set(['ann']))).toEqual(['0 start done', '0 ann running'])
})

it('says that a person is waited for, not what merely takes long', () => {
  const asks = (name: string): RunEvent => ({
    ...{ type: 'step.suspended', ...at },
    asks: [{ name, task: 't', untilMs: null }],
  })
  expect(lines(record(asks('approval[0].send')))[1]).toBe('0 ann asking')
  expect(lines(record(asks('call')))[1]).toBe('0 ann waiting')
  expect(lines(record(asks('form')), none, new Set(['ann']))[1]).toBe('0 ann asking')
})

describe('what a row says besides', () => {
  const failure = { code: 'http_503', message: 'It is away', retryable: true }
  const ended: RunEvent = { type: 'run.finished', status: 'failed', output: null, failure }
  const task = { name: 'attention[1]', task: 't', untilMs: null }
  const rowOf = (...events: RunEvent[]) =>
    timelineRows(record(...events), {
      ...{ turned: none, persons: none },
      policyOf: () => ({ attempts: 3, delayMs: 1_000, backoff: 'fixed' }),
    })[1]

  it.each<[string, RunEvent[], object]>([
    [
      'which attempt failed, and when the next one comes',
      [{ type: 'step.failed', ...at, failure }],
      { status: 'retrying', note: { kind: 'retrying', attempt: 1, of: 3, byMs: 2 + 1_200 } },
    ],
    [
      'nothing once the run has ended',
      [{ type: 'step.failed', ...at, failure }, ended],
      { status: 'failed' },
    ],
    [
      'until when it waits',
      [{ type: 'step.waiting', ...at, untilMs: 99, port: 'out', output: null }],
      { status: 'waiting', note: { kind: 'until', atMs: 99 } },
    ],
    [
      'that somebody has to decide',
      [{ type: 'step.suspended', ...at, asks: [task], attention: { why: 'unknown', failure } }],
      { status: 'attention', note: { kind: 'attention' } },
    ],
    [
      'that it was taken over, with an output somebody gave',
      [{ type: 'step.finished', ...at, port: 'out', output: 1, reused: true, edited: true }],
      { status: 'reused', note: { kind: 'edited' } },
    ],
    [
      'that it was undone',
      [
        { type: 'step.finished', ...at, port: 'out', output: 1 },
        { type: 'step.undone', ...at },
      ],
      { status: 'done', note: { kind: 'undone' } },
    ],
    [
      'that it could not be undone',
      [
        { type: 'step.finished', ...at, port: 'out', output: 1 },
        { type: 'step.undo_failed', ...at, failure, cause: 'undo(ann).back' },
      ],
      { status: 'done', note: { kind: 'not_undone' } },
    ],
  ])('%s', (_, events, expected) => {
    const { status, note } = rowOf(...events) ?? {}
    expect({ status, ...(note ? { note } : {}) }).toEqual(expected)
  })

  it('what a step that undoes takes back', () => {
    const undoing: RunEvent = { type: 'step.started', step: 'undo(ann).back', attempt: 1 }
    const rows = timelineRows(record(undoing), { turned: none, persons: none, policyOf: () => noRetry })
    expect(rows.at(-1)?.note).toEqual({ kind: 'undoes', step: 'ann' })
  })

  it('nothing twice: what the engine asks of people has no row of its own', () => {
    const asks: RunEvent = {
      ...{ type: 'step.suspended', ...at, asks: [task] },
      attention: { why: 'exhausted', failure },
    }
    expect(lines(record(asks))).toEqual(['0 start done', '0 ann attention'])
    const answered: RunEvent = { type: 'substep.finished', ...at, name: 'model[0]', output: null }
    expect(lines(record(model, answered, asks))).toEqual([
      ...['0 start done', '0 ann attention', '1 model[0] done'],
    ])
  })
})

import { expect, it } from 'vitest'
import { runRecord } from '#client/canvas/run-record.ts'
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
  timelineRows(of, { turned, persons }).map(
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

import { expect, it } from 'vitest'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { runRecord } from './run-record.ts'
import { firstStep, framesOf, sampleValues, stepInput } from './sample-scope.ts'

const node = (key: string, parent?: string): DocumentNode => ({
  key,
  type: 'data.set',
  version: 1,
  params: {},
  position: { x: 0, y: 0 },
  ...(parent === undefined ? {} : { parent }),
})
const document: WorkflowDocument = {
  format: 1,
  nodes: [node('start'), node('fetch'), node('each'), node('send', 'each')],
  edges: [
    { from: 'start', port: 'out', to: 'fetch' },
    { from: 'fetch', port: 'out', to: 'each' },
  ],
}
const events: RunEvent[] = [
  { type: 'run.started', trigger: 'start', output: { id: 7 } },
  { type: 'step.started', step: 'fetch', attempt: 1 },
  { type: 'step.finished', step: 'fetch', attempt: 1, port: 'out', output: { names: ['Ada', 'Grace'] } },
  { type: 'step.opened', step: 'each', attempt: 1, items: ['Ada', 'Grace'] },
  { type: 'step.started', step: 'each[0].send', attempt: 1 },
  { type: 'step.finished', step: 'each[0].send', attempt: 1, port: 'out', output: 'sent' },
  { type: 'step.finished', step: 'each', attempt: 1, port: 'out', output: ['sent', 'sent'] },
  { type: 'run.finished', status: 'succeeded', output: null },
]
const record = runRecord(events.map((event, index) => ({ seq: index + 1, at: index, event })))
const facts = {
  trigger: record.trigger?.output ?? null,
  run: { id: 'r', startedAt: '', startedBy: 'manual' },
  workflow: { id: 'w', name: '', version: null },
  tenant: { id: 't', name: '', slug: '' },
}

it('names the first visit of a node in a frame', () => {
  expect(firstStep(document, 'send')).toEqual({ step: 'each[0].send', frames: ['each', 'each[0].send'] })
  expect(framesOf('each[2].send[3]')).toEqual(['each', 'each[2].send'])
})

it('reads what a node after others would see', () => {
  const values = sampleValues({ document, record, key: 'each', facts, now: '' })
  expect(values).toMatchObject({ trigger: { id: 7 }, input: { names: ['Ada', 'Grace'] } })
  expect(values.steps).toEqual({ start: { id: 7 }, fetch: { names: ['Ada', 'Grace'] } })
})

it('reads the element inside a frame of a run that is over', () => {
  const values = sampleValues({ document, record, key: 'send', facts, now: '' })
  expect(values).toMatchObject({ item: 'Ada', index: 0, input: 'Ada' })
})

it('knows what a step was given', () => {
  expect(stepInput({ document, record }, 'fetch')).toEqual({ id: 7 })
  expect(stepInput({ document, record }, 'each[0].send')).toBe('Ada')
})

it('gives what undoes a step, and what catches in a try, what they would read', () => {
  const at = (key: string, type: string, parent?: string) => ({ ...node(key, parent), type })
  const drawn: WorkflowDocument = {
    format: 1,
    nodes: [
      node('start'),
      node('send'),
      node('recall'),
      at('t', 'flow.try'),
      at('ask', 'flow.log', 't'),
      at('mend', 'flow.log', 't'),
    ].map((one) =>
      one.key === 'send' ? { ...one, repeat: { list: { expr: 'input' }, concurrency: 1 } } : one,
    ),
    edges: [
      { from: 'start', port: 'out', to: 'send' },
      { from: 'send', port: 'undo', to: 'recall' },
      { from: 'send', port: 'out', to: 't' },
      { from: 't', port: 'catch', to: 'mend' },
    ],
  }
  const failure = { code: 'x', message: 'No', retryable: false }
  const told: RunEvent[] = [
    { type: 'run.started', trigger: 'start', output: ['a', 'b'] },
    { type: 'step.opened', step: 'send', attempt: 1, items: ['a', 'b'] },
    { type: 'step.started', step: 'send[0]', attempt: 1 },
    { type: 'step.finished', step: 'send[0]', attempt: 1, port: 'out', output: 'sent a', undo: true },
    { type: 'step.finished', step: 'send', attempt: 1, port: 'out', output: ['sent a', 'sent b'] },
    { type: 'step.opened', step: 't', attempt: 1, items: [null] },
    { type: 'step.started', step: 't[0].ask', attempt: 1 },
    { type: 'step.failed', step: 't[0].ask', attempt: 1, failure },
    { type: 'step.caught', step: 't', attempt: 1, failure, cause: 't[0].ask' },
    { type: 'step.finished', step: 't', attempt: 1, port: 'out', output: null },
  ]
  const about = {
    document: drawn,
    record: runRecord(told.map((event, seq) => ({ seq: seq + 1, at: seq, event }))),
  }
  const facts = {
    trigger: null,
    run: { id: 'r', startedAt: '', startedBy: 'manual' },
    workflow: { id: 'w', name: 'W', version: 1 },
    tenant: { id: 't', name: 'T', slug: 't' },
  }
  const read = (key: string) => sampleValues({ ...about, key, facts, now: '' })
  expect(firstStep(drawn, 'recall').step).toBe('undo(send[0]).recall')
  expect(read('recall')).toMatchObject({ input: 'sent a', item: 'a', index: 0, steps: { send: 'sent a' } })
  expect(read('mend')).toMatchObject({ input: { error: { code: 'x', step: 't[0].ask' } } })
})

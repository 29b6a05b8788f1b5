import { describe, expect, it } from 'vitest'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import type { RunEvent, StoredEvent } from '#server/engine/history.ts'
import { runOverlay } from './run-overlay.ts'
import { readStep, runRecord } from './run-record.ts'

const node = (key: string, parent?: string): DocumentNode => ({
  key,
  type: 'data.set',
  version: 1,
  params: {},
  position: { x: 0, y: 0 },
  ...(parent === undefined ? {} : { parent }),
  reliability: { attempts: 3 },
})
/** `a>b` leaves by `out`, `a:yes>b` by that port. */
const edge = (text: string) => {
  const [, from = '', port = 'out', to = ''] = /^(\w+)(?::(\w+))?>(\w+)$/.exec(text) ?? []
  return { from, port, to }
}
const drawing = (nodes: (string | DocumentNode)[], edges: string[]): WorkflowDocument => ({
  format: 1,
  nodes: nodes.map((each) => (typeof each === 'string' ? node(each) : each)),
  edges: edges.map(edge),
})

const started: RunEvent = { type: 'run.started', trigger: 'start', output: {} }
const ended = (status: 'succeeded' | 'failed' | 'cancelled'): RunEvent => ({
  type: 'run.finished',
  status,
  output: null,
})
const at = (step: string) => ({ step, attempt: 1 })
const start = (step: string, attempt = 1): RunEvent => ({ type: 'step.started', step, attempt })
const finish = (step: string, port = 'out'): RunEvent => ({
  type: 'step.finished',
  step,
  attempt: 1,
  port,
  output: step,
})
const failure = { code: 'network', message: 'No answer', retryable: true }
const fail = (step: string, attempt = 1): RunEvent => ({ type: 'step.failed', step, attempt, failure })
/** Ten milliseconds pass between two events. */
const history = (events: RunEvent[]): StoredEvent[] =>
  events.map((event, index) => ({ seq: index + 1, at: 1_000 + index * 10, event }))

const show = (document: WorkflowDocument, events: RunEvent[]) => {
  const overlay = runOverlay({ document, find: () => undefined, record: runRecord(history(events)) })
  return {
    nodes: Object.fromEntries([...overlay.nodes].map(([key, run]) => [key, run.status])),
    carried: [...overlay.carried.keys()],
    travelling: [...overlay.travelling],
    of: (key: string) => overlay.nodes.get(key),
  }
}

const fork = drawing(
  ['start', 'check', 'ship', 'refuse', 'mail', 'other', 'lonely'],
  ['start>check', 'check:yes>ship', 'check:no>refuse', 'ship>mail', 'refuse>mail', 'other>lonely'],
)

describe('step names', () => {
  it.each([
    ['fetch', { key: 'fetch', scope: '' }],
    ['send[3]', { key: 'send', scope: '', index: 3 }],
    ['each[2].send', { key: 'send', scope: 'each[2]' }],
    ['each[2].inner[0].send[3]', { key: 'send', scope: 'each[2].inner[0]', index: 3 }],
  ])('%s', (step, expected) => expect(readStep(step)).toEqual(expected))
})

describe('the overlay', () => {
  it('is empty before anything happened', () => {
    expect(show(fork, [])).toMatchObject({ nodes: {}, carried: [], travelling: [] })
  })
  it('shows what runs and the thread that leads there', () => {
    expect(show(fork, [started, start('check')])).toMatchObject({
      nodes: { start: 'done', check: 'running' },
      carried: ['start:out>check'],
      travelling: ['start:out>check'],
    })
  })
  it('skips the branch not taken as soon as that is known, and waits at a join', () => {
    expect(show(fork, [started, start('check'), finish('check', 'yes'), start('ship')]).nodes).toEqual({
      start: 'done',
      check: 'done',
      ship: 'running',
      refuse: 'skipped',
    })
  })
  it('leaves out what another trigger starts', () => {
    const events = [
      started,
      start('check'),
      finish('check', 'no'),
      start('refuse'),
      finish('refuse'),
      ended('succeeded'),
    ]
    expect(show(fork, events).nodes).toEqual({
      start: 'done',
      check: 'done',
      refuse: 'done',
      ship: 'skipped',
      mail: 'skipped',
    })
  })
  it('measures from the first start to the last end', () => {
    const shown = show(fork, [
      started,
      start('check'),
      fail('check'),
      start('check', 2),
      finish('check', 'yes'),
    ])
    expect(shown.of('check')).toEqual({ status: 'done', count: 1, attempts: 2, startedAt: 1_010, ms: 30 })
  })
  it('an attempt whose worker died is interrupted, and the next one has its own time', () => {
    const taken: RunEvent = { type: 'run.claimed', worker: 'w2', token: 2, reason: 'takeover' }
    const record = runRecord(history([started, start('check'), taken, start('check'), finish('check')]))
    expect(record.visits.get('check')?.attempts).toEqual([
      { attempt: 1, startedAt: 1_010, endedAt: 1_020, interrupted: true },
      { attempt: 1, startedAt: 1_030, endedAt: 1_040 },
    ])
  })
  it.each([
    ['attempts are left', [fail('check')], 'retrying'],
    [
      'none are left',
      [fail('check'), start('check', 2), fail('check', 2), start('check', 3), fail('check', 3)],
      'failed',
    ],
    ['the run is over', [fail('check'), ended('failed')], 'failed'],
    ['it was cut off', [ended('cancelled')], 'stopped'],
    [
      'it waits',
      [{ type: 'step.waiting', step: 'check', attempt: 1, untilMs: 9, port: 'out', output: 1 } as const],
      'waiting',
    ],
    [
      'its turn under a limit comes later',
      [{ type: 'step.held', step: 'check', attempt: 1, untilMs: 9 } as const],
      'waiting',
    ],
    [
      'that turn has come',
      [{ type: 'step.held', step: 'check', attempt: 1, untilMs: 9 } as const, start('check')],
      'running',
    ],
  ])('a started step when %s', (_, events, status) => {
    expect(show(fork, [started, start('check'), ...events]).nodes.check).toBe(status)
  })
  it('a failure that was caught leads on through the error port', () => {
    const caught = drawing(['start', 'call', 'tell', 'next'], ['start>call', 'call:error>tell', 'call>next'])
    const events = [started, start('call'), fail('call'), start('tell'), finish('tell'), ended('succeeded')]
    expect(show(caught, events)).toMatchObject({
      nodes: { call: 'failed', tell: 'done', next: 'skipped' },
      carried: ['start:out>call', 'call:error>tell'],
    })
  })
})

describe('frames', () => {
  const frame = drawing(
    ['start', 'each', node('test', 'each'), node('send', 'each'), 'after'],
    ['start>each', 'test:yes>send', 'each>after'],
  )
  const opened: RunEvent = { type: 'step.opened', step: 'each', attempt: 1, items: [1, 2, 3] }
  const closed = (index: number): RunEvent => ({
    type: 'iteration.closed',
    step: 'each',
    attempt: 1,
    index,
    output: 0,
  })
  const turn = (index: number, port: string) => [
    start(`each[${index}].test`),
    finish(`each[${index}].test`, port),
  ]
  const walk = [
    started,
    start('each'),
    opened,
    ...turn(0, 'no'),
    closed(0),
    ...turn(1, 'yes'),
    start('each[1].send'),
  ]

  it('counts what is through', () => {
    const shown = show(frame, walk)
    expect(shown.of('each')).toMatchObject({ status: 'running', progress: { done: 1, of: 3 } })
    expect(shown.of('test')).toMatchObject({ status: 'done', count: 2 })
    expect(shown.nodes).toEqual({ start: 'done', each: 'running', test: 'done', send: 'running' })
  })
  it('carries one value a turn', () => {
    const overlay = runOverlay({
      document: frame,
      find: () => undefined,
      record: runRecord(history([...walk])),
    })
    expect(Object.fromEntries(overlay.carried)).toEqual({ 'start:out>each': 1, 'test:yes>send': 1 })
  })
  it('skips the body of a frame over nothing', () => {
    const nothing: RunEvent = { type: 'step.opened', step: 'each', attempt: 1, items: [] }
    const shown = show(frame, [started, start('each'), nothing, finish('each'), start('after')])
    expect(shown.nodes).toEqual({
      start: 'done',
      each: 'done',
      test: 'skipped',
      send: 'skipped',
      after: 'running',
    })
    expect(shown.of('each')?.progress).toEqual({ done: 0, of: 0 })
  })
  it('counts the elements of a repeating node, not its closing visit', () => {
    const repeated = [started, start('after'), start('after[0]'), finish('after[0]'), start('after[1]')]
    expect(show(frame, repeated).of('after')).toMatchObject({ status: 'running', count: 2 })
  })
})

it('what a replay took over is told apart from what it did, and leads on all the same', () => {
  const taken: RunEvent = { ...at('check'), type: 'step.finished', port: 'yes', output: 1, reused: true }
  const { nodes, carried } = show(fork, [started, taken, start('ship'), finish('ship'), ended('succeeded')])
  expect(nodes).toMatchObject({ check: 'reused', ship: 'done', refuse: 'skipped' })
  expect(carried).toContain('check:yes>ship')
})

it('a step that somebody has to decide about asks for attention, until it goes on', () => {
  const asks = [{ name: 'attention[1]', task: 't', untilMs: null }]
  const suspended: RunEvent = {
    ...{ ...at('check'), type: 'step.suspended', asks },
    attention: { why: 'exhausted', failure },
  }
  const before = [started, start('check'), suspended]
  expect(show(fork, before).nodes.check).toBe('attention')
  expect(show(fork, [...before, start('check', 2)]).nodes.check).toBe('running')
  expect(show(fork, [...before, ended('cancelled')]).nodes.check).toBe('stopped')
})

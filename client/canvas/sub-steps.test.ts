import { describe, expect, it } from 'vitest'
import { findInfo } from '#nodes/catalog-info.ts'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Usage } from '#nodes/kit/model.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { runOverlay } from './run-overlay.ts'
import { runRecord } from './run-record.ts'
import { failureIn, spentIn, subStepRows, toolPath } from './sub-steps.ts'
import { callsOf } from './tool-runs.ts'

const node = (key: string, type: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  ...{ key, type, version: 1, params: {}, position: { x: 0, y: 0 } },
  ...more,
})
const document: WorkflowDocument = {
  format: 1,
  nodes: [
    node('start', 'trigger.manual'),
    node('ann', 'agent.run'),
    node('find', 'http.request', { tool: { name: 'lookup' } }),
    node('note', 'flow.log'),
    node('ben', 'agent.run'),
    node('dig', 'data.set'),
  ],
  edges: [
    { from: 'start', port: 'out', to: 'ann' },
    ...['find', 'note', 'ben'].map((to) => ({ from: 'ann', port: 'tools', to })),
    { from: 'ben', port: 'tools', to: 'dig' },
  ],
}
const usage = (costUsd: number | null, inputTokens = 100) => ({
  ...{ model: 'm', inputTokens, outputTokens: 20, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd },
})
const at = { step: 'ann', attempt: 1 } as const
const begin = (name: string, attempt = 1): RunEvent => ({
  ...{ type: 'substep.started', step: 'ann', attempt, name, title: name },
  kind: name.includes('tool[') && !/model\[\d+\]$/.test(name) ? 'tool' : 'model',
})
const end = (name: string, output: Json = { output: 1 }, used?: Usage): RunEvent => ({
  ...{ type: 'substep.finished', ...at, name, took: 5 },
  output,
  ...(used ? { usage: used } : {}),
})
const opening: RunEvent[] = [
  { type: 'run.started', trigger: 'start', output: {} },
  { type: 'step.started', ...at },
]
const record = (...events: RunEvent[]) =>
  runRecord(
    [...opening, ...events].map((event, index) => ({ seq: index + 1, at: 1_000 + index * 10, event })),
  )
const subsOf = (...events: RunEvent[]) => [
  ...(record(...events)
    .visits.get('ann')
    ?.subSteps.values() ?? []),
]
const statuses = (...events: RunEvent[]) =>
  Object.fromEntries(
    [...runOverlay({ document, find: findInfo, record: record(...events) }).nodes].map(([key, run]) => [
      key,
      run.status,
    ]),
  )
const suspended: RunEvent = {
  ...{ type: 'step.suspended', ...at },
  asks: [{ name: 'approval[0].lookup', task: 'task-1', untilMs: 9_000 }],
}

describe('the sub-steps of a step', () => {
  it('are kept in order, with what they cost', () => {
    const subs = subsOf(begin('model[0]'), end('model[0]', null, usage(0.01)), begin('tool[0].lookup'))
    expect(subs.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'model[0] done',
      'tool[0].lookup running',
    ])
    expect(spentIn(subs)).toEqual({ costUsd: 0.01, atLeast: false, tokens: 120 })
  })
  it('cost at least what is known', () => {
    const subs = subsOf(end('model[0]', null, usage(0.01)), end('model[1]', null, usage(null)))
    expect(spentIn(subs)).toEqual({ costUsd: 0.01, atLeast: true, tokens: 240 })
    expect(spentIn([])).toBeNull()
  })
  it('wait for who is asked, and are answered', () => {
    const waiting = subsOf(begin('model[0]'), end('model[0]'), suspended)
    expect(waiting[1]).toMatchObject({
      kind: 'ask',
      title: 'lookup',
      status: 'waiting',
      task: 'task-1',
      untilMs: 9_000,
    })
    const answered = subsOf(
      suspended,
      { type: 'step.started', step: 'ann', attempt: 2 },
      end('approval[0].lookup'),
    )
    expect(answered[0]).toMatchObject({ kind: 'ask', status: 'done' })
  })
  it('are stopped with their worker, and counted when begun again', () => {
    const claimed: RunEvent = { type: 'run.claimed', worker: 'w', token: 2, reason: 'takeover' }
    expect(subsOf(begin('tool[0].note'), claimed)[0]?.status).toBe('stopped')
    const again = subsOf(
      begin('tool[0].note'),
      claimed,
      { type: 'step.started', step: 'ann', attempt: 2 },
      begin('tool[0].note', 2),
    )
    expect(again[0]).toMatchObject({ status: 'running', starts: 2, attempt: 2 })
  })
  it('failed where the tool told its agent of a failure', () => {
    const output = { failure: { code: 'http_404', message: 'None' } }
    expect(subsOf(begin('tool[0].lookup'), end('tool[0].lookup', output))[0]?.status).toBe('failed')
    expect(failureIn({ failure: 'x', output: 1 })).toBeNull()
  })
  it('stand under the tool they belong to', () => {
    const subs = record(
      begin('model[0]'),
      begin('tool[0].ben'),
      begin('tool[1].note'),
      begin('tool[0].ben.model[0]'),
    ).visits
    const rows = subStepRows(subs.get('ann')?.subSteps ?? new Map())
    expect(rows.map(({ sub, depth }) => `${depth} ${sub.name}`)).toEqual([
      '0 model[0]',
      '0 tool[0].ben',
      '1 tool[0].ben.model[0]',
      '0 tool[1].note',
    ])
  })
})

describe('what the canvas shows of tools', () => {
  it.each([
    ['tool[0].lookup', ['lookup']],
    ['tool[0].ben.tool[3].dig', ['ben', 'dig']],
    ['tool[0].ben.model[0]', ['ben']],
    ['model[0]', []],
  ])('%s goes by %j', (name, path) => {
    expect(toolPath(name)).toEqual(path)
  })
  it('lights up what is called, by its name or its key, and inside of tools', () => {
    expect(
      statuses(
        begin('tool[0].lookup'),
        end('tool[0].lookup'),
        begin('tool[1].note'),
        begin('tool[2].ben'),
        begin('tool[2].ben.tool[0].dig'),
      ),
    ).toEqual({
      ...{ start: 'done', ann: 'running', find: 'done', note: 'running', ben: 'running', dig: 'running' },
    })
  })
  it('passes by what was not called', () => {
    const done: RunEvent = { type: 'step.finished', ...at, port: 'out', output: null }
    const shown = statuses(begin('tool[0].lookup'), end('tool[0].lookup'), done)
    expect(shown).toMatchObject({ ann: 'done', find: 'done', note: 'skipped', ben: 'skipped' })
  })
  it('says when a person is waited for', () => {
    expect(statuses(suspended)).toMatchObject({ ann: 'asking', find: 'asking' })
  })
  it('finds the calls of one tool', () => {
    const of = record(begin('tool[0].lookup'), begin('tool[1].note'), begin('tool[2].lookup'))
    expect(callsOf({ document, record: of }, 'find').map(({ name }) => name)).toEqual([
      'tool[0].lookup',
      'tool[2].lookup',
    ])
  })
})

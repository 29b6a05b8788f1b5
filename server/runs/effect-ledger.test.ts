import { expect, test } from 'vitest'
import { findDefinition } from '#nodes/catalog.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { effectLedger } from './effect-ledger.ts'

const document = WorkflowDocument.parse({
  nodes: [
    { key: 'start', type: 'trigger.manual', version: 1 },
    { key: 'charge', type: 'stripe.create_payment_intent', version: 1 },
    { key: 'post', type: 'slack.post', version: 1 },
    { key: 'read', type: 'http.request', version: 1, params: { method: 'GET' } },
    { key: 'change', type: 'http.request', version: 1, params: { method: 'PUT' } },
    { key: 'agent', type: 'agent.run', version: 1 },
    { key: 'tell', type: 'slack.post', version: 1, tool: { name: 'tell_them' } },
    { key: 'look', type: 'http.request', version: 1 },
  ],
  edges: [
    { from: 'agent', port: 'tools', to: 'tell' },
    { from: 'agent', port: 'tools', to: 'look' },
  ],
})
const failure = (code: string) => ({ code, message: code, retryable: false })
const began = (step: string, attempt = 1): RunEvent => ({ type: 'step.started', step, attempt })
const done = (step: string, more: object = {}): RunEvent => ({
  ...{ type: 'step.finished', step, attempt: 1, port: 'out', output: null },
  ...more,
})
const failed = (step: string, code: string, attempt = 1): RunEvent => ({
  ...{ type: 'step.failed', step, attempt, failure: failure(code) },
})
const sub = (type: 'started' | 'finished', name: string): RunEvent =>
  type === 'started'
    ? { type: 'substep.started', step: 'agent', attempt: 1, name, kind: 'tool', title: name }
    : { type: 'substep.finished', step: 'agent', attempt: 1, name, output: null }
const over: RunEvent = { type: 'run.finished', status: 'failed', output: null }

function ledgerOf(...events: RunEvent[]) {
  const ledger = effectLedger({ runId: 'r', document, find: findDefinition })
  for (const [index, event] of events.entries()) ledger.take({ seq: index + 1, at: index * 1_000, event })
  return ledger.entries()
}
/** `charge ×1 done` */
const brief = (...events: RunEvent[]) =>
  ledgerOf(...events).map(({ step, name, attempts, outcome }) => `${name ?? step} ×${attempts} ${outcome}`)

test.each<[string, RunEvent[], string[]]>([
  ['what it did', [began('charge'), done('charge')], ['charge ×1 done']],
  [
    'what only reads is none',
    [began('read'), done('read'), began('change'), done('change')],
    ['change ×1 done'],
  ],
  ['what goes on', [began('charge')], ['charge ×1 running']],
  [
    'what was refused did not happen',
    [began('charge'), failed('charge', 'card_declined'), over],
    ['charge ×1 failed'],
  ],
  ['what nobody answered may have', [began('post'), failed('post', 'outcome_unknown')], ['post ×1 unknown']],
  ['what has a key too', [began('charge'), failed('charge', 'timeout')], ['charge ×1 unknown']],
  [
    'until it is tried again',
    [began('charge'), failed('charge', 'timeout'), began('charge', 2), done('charge')],
    ['charge ×2 done'],
  ],
  ['what was in flight when its run ended', [began('post'), over], ['post ×1 unknown']],
  [
    'what waits for somebody to find out',
    [
      began('post'),
      {
        ...{ type: 'step.suspended', step: 'post', attempt: 1, asks: [] },
        attention: { why: 'unknown', failure: failure('outcome_unknown') },
      },
    ],
    ['post ×1 unknown'],
  ],
  [
    'what waits for its turn was not begun',
    [began('post'), { type: 'step.held', step: 'post', attempt: 1, untilMs: 9 }, began('post'), done('post')],
    ['post ×1 done'],
  ],
  [
    'what was undone',
    [began('charge'), done('charge'), { type: 'step.undone', step: 'charge', attempt: 1 }, over],
    ['charge ×1 undone'],
  ],
  [
    'what could not be',
    [
      began('charge'),
      done('charge'),
      {
        type: 'step.undo_failed',
        step: 'charge',
        attempt: 1,
        failure: failure('x'),
        cause: 'undo(charge).post',
      },
    ],
    ['charge ×1 undo_failed'],
  ],
  [
    'what undoes is one itself',
    [began('undo(charge).post'), done('undo(charge).post')],
    ['undo(charge).post ×1 done'],
  ],
  ['what another run did', [done('charge', { reused: true })], ['charge ×0 reused']],
  [
    'each element of a list',
    [began('post[0]'), began('post[1]'), done('post[0]')],
    ['post[0] ×1 done', 'post[1] ×1 running'],
  ],
  [
    'what an agent’s tools did',
    [
      began('agent'),
      sub('started', 'tool[0].tell_them'),
      sub('finished', 'tool[0].tell_them'),
      sub('started', 'tool[1].look'),
    ],
    ['tool[0].tell_them ×1 done'],
  ],
])('%s', (_, events, expected) => {
  expect(brief(...events)).toEqual(expected)
})

test('a key is that of the step, whatever the attempt; what was done elsewhere has none here', () => {
  const [first] = ledgerOf(began('charge'), failed('charge', 'timeout'), began('charge', 2))
  const [again] = ledgerOf(began('charge'))
  expect(first?.key).toMatch(/^[0-9a-f]{32}$/)
  expect(first?.key).toBe(again?.key)
  expect(ledgerOf(done('charge', { reused: true }))[0]?.key).toBeNull()
})

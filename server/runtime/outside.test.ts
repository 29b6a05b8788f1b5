import { expect, test } from 'vitest'
import { findDefinition } from '#nodes/catalog.ts'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { toGraph } from '#nodes/graph/graph.ts'
import { comesFromOutside } from './outside.ts'
import { sketch } from './test-runtime.ts'

const version = (type: string) => [1, 2, 3].find((one) => findDefinition(type, one)) ?? 1
const node = (key: string, type: string, more: object = {}) => ({
  key,
  type,
  version: version(type),
  ...more,
})
const agent = node('agent', 'agent.run')
const fetch = node('fetch', 'http.request')
const set = node('set', 'data.set')

/** Whether words from outside may reach `agent`. */
function reaches(document: WorkflowDocument, startedBy = 'manual', trigger = 'start') {
  const graph = toGraph(document)
  const own = graph.nodes.get('agent')
  if (!own) throw new Error('No agent')
  return comesFromOutside({ graph, find: findDefinition, startedBy, trigger, node: own })
}

test.each([
  ['manual', false],
  ['schedule', false],
  ['webhook', true],
  ['api', true],
  ['chat', true],
  ['form', true],
  ['poll', true],
  ['event', true],
  ['call', true],
  ['error', true],
])('a run started by %s: %s', (startedBy, expected) => {
  expect(reaches(sketch([agent], ['start -> agent']), startedBy)).toBe(expected)
})

test('a webhook’s run, run again by hand, still holds a stranger’s words', () => {
  const hook = node('hook', 'trigger.webhook', { params: { path: 'x' } })
  expect(reaches(sketch([hook, agent], ['hook -> agent']), 'manual', 'hook')).toBe(true)
})

test.each<[string, object[], string[], boolean]>([
  ['a request before it', [fetch, agent], ['start -> fetch', 'fetch -> agent'], true],
  ['a request far before it', [fetch, set, agent], ['start -> fetch', 'fetch -> set', 'set -> agent'], true],
  ['a request after it', [agent, fetch], ['start -> agent', 'agent -> fetch'], false],
  ['a request beside it', [agent, fetch], ['start -> agent', 'start -> fetch'], false],
  ['steps that ask nobody', [set, agent], ['start -> set', 'set -> agent'], false],
  ['its own tool, not used yet', [agent, fetch], ['start -> agent', 'agent:tools -> fetch'], false],
  [
    'another agent, which knows nothing else',
    [node('max', 'agent.run'), agent],
    ['start -> max', 'max -> agent'],
    false,
  ],
  [
    'another agent that asks outside',
    [node('max', 'agent.run'), fetch, agent],
    ['start -> max', 'max:tools -> fetch', 'max -> agent'],
    true,
  ],
  [
    'a call that a stranger can make, which the run waited for',
    [node('wait', 'flow.wait_webhook', { params: { path: 'x' } }), agent],
    ['start -> wait', 'wait -> agent'],
    true,
  ],
  [
    'a form that a stranger can fill in',
    [node('ask', 'person.form', { params: { title: 'Who?', path: { expr: 'run.id' } } }), agent],
    ['start -> ask', 'ask -> agent'],
    true,
  ],
  [
    'a form that members fill in',
    [node('ask', 'person.form', { params: { title: 'Who?' } }), agent],
    ['start -> ask', 'ask -> agent'],
    false,
  ],
  [
    'a frame before it with a request in it',
    [node('each', 'flow.each', { params: { list: [1] } }), { ...fetch, parent: 'each' }, agent],
    ['start -> each', 'each -> agent'],
    true,
  ],
])('%s: %s', (_, nodes, wires, expected) => {
  expect(reaches(sketch(nodes as Parameters<typeof sketch>[0], wires))).toBe(expected)
})

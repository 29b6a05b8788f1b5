import { expect, test } from 'vitest'
import { WorkflowDocument } from './document.ts'
import { roots } from './expression/ast.ts'
import { toGraph } from './graph.ts'
import { type RunFacts, scopeOf, type Visit, visitsOf } from './scope.ts'

const facts: RunFacts = {
  trigger: { order: 7 },
  run: { id: 'r', startedAt: '2026-01-01T00:00:00.000Z', startedBy: 'webhook' },
  workflow: { id: 'w', name: 'Orders', version: 1 },
  tenant: { id: 't', name: 'Acme', slug: 'acme' },
}
const node = (key: string, parent?: string) => ({ key, type: 'test.step', version: 1, parent })
const graph = toGraph(
  WorkflowDocument.parse({
    nodes: [
      ...['hook', 'left', 'right', 'join', 'each', 'apart'].map((key) => node(key)),
      ...['first', 'second', 'inner'].map((key) => node(key, 'each')),
      node('deep', 'inner'),
    ],
    edges: [
      { from: 'hook', to: 'left' },
      { from: 'hook', to: 'right' },
      { from: 'left', to: 'join' },
      { from: 'right', port: 'error', to: 'join' },
      { from: 'join', to: 'each' },
      { from: 'hook', to: 'apart' },
      { from: 'first', to: 'second' },
      { from: 'second', to: 'inner' },
    ],
  }),
)
const gave = (output: string, port = 'out'): Visit => ({ status: 'finished', port, output })
const failed: Visit = { status: 'failed', failure: { code: 'http_500', message: 'Broken', retryable: true } }
function scope(step: string, visits: Record<string, Visit>) {
  const known = visitsOf(new Map(Object.entries(visits)))
  const values = scopeOf({ graph, step, visits: known, facts, now: () => 'now' })
  return Object.fromEntries(roots.map((root) => [root, values[root]]))
}
const error = { error: { code: 'http_500', message: 'Broken' } }

test('input is the output of the one step before', () => {
  expect(scope('left', { hook: gave('h') })).toEqual({
    ...facts,
    steps: { hook: 'h' },
    input: 'h',
    vars: {},
    now: 'now',
  })
})

test('of several wires taken, an object by key; a failed step delivers its error', () => {
  const visits = { hook: gave('h'), left: gave('l'), right: failed }
  expect(scope('join', visits)).toMatchObject({
    input: { left: 'l', right: error },
    steps: { hook: 'h', left: 'l', right: error },
  })
})

test('a wire that was not taken delivers nothing', () => {
  const visits = { hook: gave('h'), left: gave('l'), right: gave('fine') }
  expect(scope('join', visits)).toMatchObject({ input: 'l', steps: { right: 'fine' } })
})

test('only steps upstream are seen', () => {
  const visits = { hook: gave('h'), apart: gave('a'), join: gave('j') }
  expect(scope('left', visits).steps).toEqual({ hook: 'h' })
})

const list: Visit = { status: 'opened', items: ['a', 'b'] }

test('inside a frame: the element, its place, and the steps around the frame', () => {
  const visits = { hook: gave('h'), join: gave('j'), each: list, 'each[1].first': gave('f') }
  expect(scope('each[1].second', visits)).toMatchObject({
    item: 'b',
    index: 1,
    input: 'f',
    steps: { hook: 'h', join: 'j', first: 'f' },
  })
})

test('the first step of a body gets the element as its input', () => {
  expect(scope('each[0].first', { each: list })).toMatchObject({ input: 'a', item: 'a', index: 0 })
})

test('another iteration’s steps are not seen', () => {
  const visits = { each: list, 'each[0].first': gave('other'), 'each[1].first': gave('own') }
  expect(scope('each[1].second', visits)).toMatchObject({ steps: { first: 'own' } })
})

test('frames in frames: the innermost element', () => {
  const inner: Visit = { status: 'opened', items: [10, 20] }
  const visits = { each: list, 'each[1].inner': inner, 'each[1].second': gave('s') }
  expect(scope('each[1].inner[1].deep', visits)).toMatchObject({ item: 20, index: 1, steps: { second: 's' } })
})

test('a repeating node keeps its input and has an element of its own', () => {
  expect(scope('left[1]', { hook: gave('h'), left: list })).toMatchObject({ input: 'h', item: 'b', index: 1 })
})

test('what catches in a try reads why it failed, and what undoes reads what its step gave', () => {
  const drawn = toGraph(
    WorkflowDocument.parse({
      nodes: [
        node('hook'),
        { ...node('t'), type: 'flow.try' },
        ...['a', 'mend', 'tell', 'tidy'].map((key) => node(key, 't')),
        node('refund', 't'),
      ],
      edges: [
        { from: 'hook', to: 't' },
        { from: 't', port: 'catch', to: 'mend' },
        { from: 'mend', to: 'tell' },
        { from: 't', port: 'finally', to: 'tidy' },
        { from: 'a', port: 'undo', to: 'refund' },
      ],
    }),
  )
  const failure = { code: 'x', message: 'No', retryable: false }
  const steps = new Map<string, Visit>([
    ['hook', gave('h')],
    ['t', { status: 'opened', items: [null], caught: { failure, step: 't[0].a' } }],
    ['t[0].a', gave('did')],
    ['t[0].mend', gave('mended')],
  ])
  const read = (step: string) =>
    scopeOf({ graph: drawn, step, visits: visitsOf(steps), facts, now: () => 'now' })
  const told = { error: { code: 'x', message: 'No', step: 't[0].a' } }
  expect(read('t[0].a')).toMatchObject({ input: 'h', steps: { hook: 'h' } })
  expect(read('t[0].a').item).toBeUndefined()
  expect(read('t[0].mend')).toMatchObject({ input: told, steps: { hook: 'h', t: told, a: 'did' } })
  expect(read('t[0].tell')).toMatchObject({ input: 'mended', steps: { t: told } })
  expect(read('t[0].tidy')).toMatchObject({ input: told, steps: { t: told, mend: 'mended' } })
  expect(read('undo(t[0].a).refund')).toMatchObject({ input: 'did', steps: { hook: 'h', a: 'did' } })
})

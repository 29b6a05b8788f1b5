import { expect, it } from 'vitest'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { sameDocument } from './same-document.ts'

const document = (params: WorkflowDocument['nodes'][number]['params']): WorkflowDocument => ({
  format: 1,
  nodes: [{ key: 'a', type: 'data.set', version: 1, params, position: { x: 0, y: 0 } }],
  edges: [],
})

it('does not mind the order of keys', () => {
  expect(
    sameDocument(document({ x: 1, y: [{ a: 1, b: null }] }), document({ y: [{ b: null, a: 1 }], x: 1 })),
  ).toBe(true)
})

it.each([
  [{ x: 1 }, { x: 2 }],
  [{ x: 1 }, {}],
  [{ x: [] }, { x: {} }],
  [{ x: [1, 2] }, { x: [2, 1] }],
])('tells %j from %j', (one, other) => {
  expect(sameDocument(document(one), document(other))).toBe(false)
})

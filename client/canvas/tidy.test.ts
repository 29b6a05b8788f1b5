import { describe, expect, it } from 'vitest'
import { findInfo } from '#nodes/catalog-info.ts'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import { perform } from './document.ts'
import { measures } from './measures.ts'
import { tidy } from './tidy.ts'

const node = (key: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  key,
  type: key === 'box' ? 'flow.each' : 'data.set',
  version: 1,
  params: {},
  position: { x: 40, y: 40 },
  ...more,
})
const isFrame = (each: DocumentNode) => each.type === 'flow.each'

function tidied(document: WorkflowDocument): WorkflowDocument {
  const edit = tidy({
    document,
    isFrame,
    find: findInfo,
    sizeOf: (each) => each.size ?? measures.card,
    portsOf: (each) => (each.key === 'check' ? ['yes', 'no'] : ['out']),
  })
  const outcome = perform(document, edit)
  if (!outcome.ok) throw new Error(outcome.refusal)
  return outcome.document
}
const places = (document: WorkflowDocument) =>
  Object.fromEntries(document.nodes.map((each) => [each.key, each.position]))

const fork: WorkflowDocument = {
  format: 1,
  nodes: ['join', 'no', 'yes', 'check', 'start'].map((key) => node(key)),
  edges: [
    { from: 'start', port: 'out', to: 'check' },
    { from: 'check', port: 'no', to: 'no' },
    { from: 'check', port: 'yes', to: 'yes' },
    { from: 'yes', port: 'out', to: 'join' },
    { from: 'no', port: 'out', to: 'join' },
  ],
}

describe('tidy', () => {
  it('goes from left to right, branches in the order of their ports', () => {
    const at = places(tidied(fork))
    const column = measures.card.width + measures.gap.x
    expect([at.start?.x, at.check?.x, at.yes?.x, at.no?.x, at.join?.x]).toEqual(
      [0, 1, 2, 2, 3].map((layer) => 40 + layer * column),
    )
    expect(at.no!.y - at.yes!.y).toBe(measures.card.height + measures.gap.y)
    expect(at.check!.y).toBe(at.start!.y)
    expect(at.join!.y).toBe((at.yes!.y + at.no!.y) / 2)
  })
  it('changes nothing the second time', () => {
    const once = tidied(fork)
    expect(places(tidied(once))).toEqual(places(once))
  })
  it('fits a frame around its body', () => {
    const document: WorkflowDocument = {
      format: 1,
      nodes: [node('box'), node('one', { parent: 'box' }), node('two', { parent: 'box' })],
      edges: [{ from: 'one', port: 'out', to: 'two' }],
    }
    const [box, one, two] = tidied(document).nodes
    const { padding, header } = measures.frame
    expect(one?.position).toEqual({ x: padding, y: header + padding })
    expect(box?.size).toEqual({
      width: two!.position.x + measures.card.width + padding,
      height: header + padding + measures.card.height + padding,
    })
  })
})

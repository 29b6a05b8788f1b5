import { describe, expect, it } from 'vitest'
import { catalogInfo, findInfo } from '#nodes/catalog-info.ts'
import { withAgent } from '#nodes/graph/checks/drawing.ts'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import { duplicate } from './actions/duplicate.ts'
import { tidyUp } from './actions/tidy-up.ts'
import { addNode, removeNodes } from './add-node.ts'
import { fragment, pasteEdit } from './clipboard.ts'
import { type Edit, perform } from './document.ts'
import { dropEdit } from './drop.ts'
import { flowNodes } from './flow.ts'
import { measures } from './measures.ts'
import { refuseConnection } from './refusals.ts'
import { createEditorStore } from './store.ts'
import { isTool, toolsOf } from './tools.ts'
import { connect, select, undoEdit } from './verbs.ts'

const find = withAgent(findInfo)
const info = (id: string) => catalogInfo.find((each) => each.id === id)!
const node = (key: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  ...{ key, type: /^(ann|ben)/.test(key) ? 'test.agent' : 'data.set', version: 1, params: {} },
  position: { x: 0, y: 0 },
  ...more,
})
const edge = (text: string) => {
  const [out = '', to = ''] = text.split('>')
  const [from = '', port = 'out'] = out.split(':')
  return { from, port, to }
}
const drawing = (nodes: DocumentNode[], ...edges: string[]): WorkflowDocument => ({
  format: 1,
  nodes,
  edges: edges.map(edge),
})
const doing = (document: WorkflowDocument, edit: Edit): WorkflowDocument => {
  const outcome = perform(document, edit)
  if (!outcome.ok) throw new Error(outcome.refusal)
  return outcome.document
}
const threads = (document: WorkflowDocument) =>
  document.edges.map(({ from, port, to }) => `${from}:${port}>${to}`)
const places = (document: WorkflowDocument) =>
  Object.fromEntries(document.nodes.map((each) => [each.key, each.position]))

const below = measures.card.height + measures.tool.drop
const lent = drawing(
  [node('a'), node('ann', { position: { x: 344, y: 0 } }), node('it', { position: { x: 368, y: below } })],
  ...['a>ann', 'ann:tools>it'],
)
const storeOf = (document: WorkflowDocument) => {
  const store = createEditorStore({ document, infos: catalogInfo })
  store.setState({ find })
  return store
}
const view = { centre: () => ({ x: 0, y: 0 }), fit: () => {}, zoom: () => {}, reveal: () => {} }

describe('lending', () => {
  it.each([
    ['ann:tools>it', 'duplicate'],
    ['ann:tools>a', 'has_threads'],
    ['a>it', 'is_tool'],
    ['it>b', 'is_tool'],
    ['ben:tools>it', 'is_tool'],
    ['a:tools>b', 'no_tools_port'],
    ['ann:tools>stop', 'not_a_tool'],
    ['ann:tools>start', 'into_trigger'],
    ['ben:tools>b', null],
    ['ann:tools>ben', null],
  ])('%s: %s', (text, refusal) => {
    const more = [
      node('b'),
      node('ben'),
      node('stop', { type: 'flow.stop' }),
      node('start', { type: 'trigger.manual' }),
    ]
    const document = { ...lent, nodes: [...lent.nodes, ...more] }
    expect(refuseConnection({ document, find }, edge(text))).toBe(refusal)
  })
  it('puts the tools in a row under the middle of their agent', () => {
    const store = storeOf({ ...lent, nodes: [...lent.nodes, node('b')] })
    expect(connect(store, edge('ann:tools>b'))).toBe(true)
    const at = places(store.getState().document)
    const middle = 344 + measures.card.width / 2
    // Nobody has placed b yet: it was at the left, and is so in the row.
    expect(at.b).toEqual({ x: middle - measures.tool.width - measures.tool.gap / 2, y: below })
    expect(at.it).toEqual({ x: middle + measures.tool.gap / 2, y: below })
    undoEdit(store)
    expect(places(store.getState().document)).toEqual(places({ ...lent, nodes: [...lent.nodes, node('b')] }))
  })
  it('adds a new tool at the right end of the row', () => {
    const { edit, key } = addNode({
      document: lent,
      find,
      info: info('flow.log'),
      from: { key: 'ann', port: 'tools' },
    })
    const after = doing(lent, edit)
    expect(toolsOf(after, 'ann')).toEqual(['it', key])
    expect(places(after)[key]).toEqual({ x: 468, y: below })
  })
  it('ends with its thread', () => {
    const after = doing(lent, { type: 'disconnect', edges: [edge('ann:tools>it')] })
    expect(isTool(after, 'it')).toBe(false)
  })
  it('lends nothing in a circle', () => {
    const broken = drawing([node('ann'), node('ben')], 'ann:tools>ben', 'ben:tools>ann')
    expect([isTool(broken, 'ann'), isTool(broken, 'ben')]).toEqual([false, true])
  })
})

describe('an agent and its tools', () => {
  it('are removed together', () => {
    expect(threads(doing(lent, removeNodes(lent, ['ann'])))).toEqual([])
    expect(doing(lent, removeNodes(lent, ['ann'])).nodes.map(({ key }) => key)).toEqual(['a'])
  })
  it('leads the thread past it all the same', () => {
    const document = drawing([...lent.nodes, node('b')], ...threads(lent), 'ann>b')
    expect(threads(doing(document, removeNodes(document, ['ann'])))).toEqual(['a:out>b'])
  })
  it('are copied together', () => {
    const pasted = pasteEdit(lent, { fragment: fragment(lent, ['ann']), by: { x: 10, y: 10 } })
    const after = doing(lent, pasted.edit)
    expect(threads(after)).toEqual(['a:out>ann', 'ann:tools>it', 'ann_2:tools>it_2'])
  })
  it('move together', () => {
    const after = doing(lent, dropEdit({ document: lent, find }, [{ key: 'ann', at: { x: 400, y: 50 } }]))
    expect(places(after)).toEqual({
      a: { x: 0, y: 0 },
      ann: { x: 400, y: 50 },
      it: { x: 424, y: below + 50 },
    })
  })
  it('go into a frame together', () => {
    const box = node('box', {
      type: 'flow.each',
      position: { x: 0, y: 500 },
      size: { width: 900, height: 400 },
    })
    const document = { ...lent, nodes: [...lent.nodes, box] }
    const after = doing(document, dropEdit({ document, find }, [{ key: 'ann', at: { x: 200, y: 600 } }]))
    expect(after.nodes.map(({ key, parent }) => `${key} ${parent ?? ''}`.trim())).toEqual([
      'a',
      'ann box',
      'it box',
      'box',
    ])
    expect(threads(after)).toEqual(['ann:tools>it'])
    expect(places(after).it).toEqual({ x: 224, y: 100 + below })
  })
  it('a tool alone stays with its agent, whatever it is dropped on', () => {
    const box = node('box', {
      type: 'flow.each',
      position: { x: 0, y: 500 },
      size: { width: 900, height: 400 },
    })
    const document = { ...lent, nodes: [...lent.nodes, box] }
    const after = doing(document, dropEdit({ document, find }, [{ key: 'it', at: { x: 200, y: 600 } }]))
    expect(threads(after)).toContain('ann:tools>it')
    expect(after.nodes.find(({ key }) => key === 'it')?.parent).toBeUndefined()
  })
  it('a copy of a tool is a tool of the same agent', () => {
    const store = storeOf(lent)
    select(store, ['it'])
    void duplicate.perform({ store, view })
    expect(threads(store.getState().document)).toContain('ann:tools>it_2')
  })
  it('are tidied as one, the same again the second time', () => {
    const nested = drawing(
      [...lent.nodes, node('ben'), node('x'), node('y'), node('end')],
      ...[...threads(lent), 'ann:tools>ben', 'ben:tools>x', 'ben:tools>y', 'ann>end'],
    )
    const store = storeOf(nested)
    void tidyUp.perform({ store, view: { ...view, fit: () => {} } })
    const once = places(store.getState().document)
    expect(once.a!.y).toBe(once.ann!.y)
    expect([once.it!.y, once.ben!.y]).toEqual([once.ann!.y + below, once.ann!.y + below])
    expect(once.x!.y).toBe(once.ben!.y + measures.tool.height + measures.tool.drop)
    const right = Math.max(...['it', 'ben', 'x', 'y'].map((key) => once[key]!.x + measures.tool.width))
    expect(once.end!.x).toBeGreaterThan(right)
    void tidyUp.perform({ store, view })
    expect(places(store.getState().document)).toEqual(once)
  })
  it('a tool is drawn from its agent, and comes after it', () => {
    const shown = {
      document: { ...lent, nodes: lent.nodes.toReversed() },
      find,
      selected: new Set<string>(),
      readonly: false,
      labelOf: () => '',
    }
    const nodes = flowNodes(shown, [])
    expect(nodes.map(({ id, type }) => `${id} ${type}`)).toEqual(['ann card', 'it tool', 'a card'])
    expect(nodes[1]).toMatchObject({
      parentId: 'ann',
      position: { x: 24, y: below },
      width: measures.tool.width,
    })
    const moved = doing(shown.document, { type: 'move', to: [{ key: 'ann', position: { x: 300, y: 0 } }] })
    expect(flowNodes({ ...shown, document: moved }, nodes)[1]?.position).toEqual({ x: 68, y: below })
  })
})

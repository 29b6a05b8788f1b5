import { describe, expect, it } from 'vitest'
import { catalogInfo, findInfo } from '#nodes/catalog-info.ts'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import { isShortcut, shortcutText } from './actions/shortcut.ts'
import { addNode, removeNodes } from './add-node.ts'
import { fragment, pasteEdit, readFragment } from './clipboard.ts'
import { type Edit, perform } from './document.ts'
import { dropEdit, frameAt, growFrames } from './drop.ts'
import { keyAfter, nameNode } from './name-node.ts'
import { neighbour } from './places.ts'

const node = (key: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  key,
  type: 'data.set',
  version: 1,
  params: {},
  position: { x: 0, y: 0 },
  ...more,
})
const info = (id: string) => catalogInfo.find((each) => each.id === id)!
const doing = (document: WorkflowDocument, edit: Edit): WorkflowDocument => {
  const outcome = perform(document, edit)
  if (!outcome.ok) throw new Error(outcome.refusal)
  return outcome.document
}
const threads = (document: WorkflowDocument) =>
  document.edges.map(({ from, port, to }) => `${from}:${port}>${to}`)
const line: WorkflowDocument = {
  format: 1,
  nodes: [node('a'), node('b', { position: { x: 344, y: 0 } })],
  edges: [{ from: 'a', port: 'out', to: 'b' }],
}

describe('adding', () => {
  it('goes beside the node it follows, under what is there', () => {
    const { edit, key } = addNode({
      document: line,
      find: findInfo,
      info: info('flow.log'),
      from: { key: 'a', port: 'out' },
    })
    const added = doing(line, edit)
    expect(threads(added)).toEqual(['a:out>b', `a:out>${key}`])
    expect(added.nodes[2]?.position).toEqual({ x: 344, y: 100 })
  })
  it('goes into the middle of a thread and makes room', () => {
    const { edit, key } = addNode({ document: line, find: findInfo, info: info('flow.if'), edge: 'a:out>b' })
    const added = doing(line, edit)
    expect(threads(added)).toEqual([`a:out>${key}`, `${key}:yes>b`])
    expect(added.nodes.map((each) => each.position.x)).toEqual([0, 688, 344])
  })
  it('leaves a trigger alone', () => {
    const { edit } = addNode({
      document: line,
      find: findInfo,
      info: info('trigger.manual'),
      from: { key: 'a', port: 'out' },
    })
    expect(threads(doing(line, edit))).toEqual(['a:out>b'])
  })
})

describe('removing', () => {
  const three: WorkflowDocument = {
    ...line,
    nodes: [...line.nodes, node('c')],
    edges: [...line.edges, { from: 'b', port: 'out', to: 'c' }],
  }
  it('leads the thread past one node', () => {
    expect(threads(doing(three, removeNodes(three, ['b'])))).toEqual(['a:out>c'])
  })
  it('does not guess for several', () => {
    expect(threads(doing(three, removeNodes(three, ['a', 'b'])))).toEqual([])
  })
})

describe('the clipboard', () => {
  it('brings a piece back under fresh keys, its references with it', () => {
    const reader = node('b', { params: { value: { expr: 'steps.a.x' } } })
    const document: WorkflowDocument = { ...line, nodes: [node('a'), reader] }
    const text = JSON.stringify(fragment(document, ['a', 'b']))
    const pasted = pasteEdit(document, { fragment: readFragment(text)!, by: { x: 10, y: 20 } })
    const result = doing(document, pasted.edit)
    expect(pasted.keys).toEqual(['a_2', 'b_2'])
    expect(threads(result)).toEqual(['a:out>b', 'a_2:out>b_2'])
    expect(result.nodes[3]).toMatchObject({
      params: { value: { expr: 'steps.a_2.x' } },
      position: { x: 10, y: 20 },
    })
  })
  it.each(['', 'hello', '{"trama": 1}', '{"trama":1,"nodes":[{"key":"A b"}],"edges":[]}'])(
    'ignores %s',
    (text) => {
      expect(readFragment(text)).toBeNull()
    },
  )
})

describe('frames', () => {
  const frame = node('each', {
    type: 'flow.each',
    position: { x: 100, y: 100 },
    size: { width: 500, height: 300 },
  })
  const document: WorkflowDocument = { format: 1, nodes: [node('a'), frame], edges: [] }
  const about = { document, find: findInfo }
  it('takes in what is dropped on it, and lets go what is dragged out', () => {
    const into = doing(document, dropEdit(about, [{ key: 'a', at: { x: 150, y: 200 } }]))
    expect(into.nodes[0]).toMatchObject({ parent: 'each', position: { x: 50, y: 100 } })
    const out = doing(
      into,
      dropEdit({ document: into, find: findInfo }, [{ key: 'a', at: { x: 900, y: 900 } }]),
    )
    expect(out.nodes[0]).toEqual(node('a', { position: { x: 900, y: 900 } }))
  })
  it('never holds itself or a trigger', () => {
    expect(frameAt(about, { at: { x: 200, y: 200 }, key: 'each' })).toBeUndefined()
    const trigger = { ...document, nodes: [node('a', { type: 'trigger.manual' }), frame] }
    expect(
      frameAt({ document: trigger, find: findInfo }, { at: { x: 200, y: 200 }, key: 'a' }),
    ).toBeUndefined()
  })
  it('grows with its body', () => {
    const wide = { ...document, nodes: [node('a', { parent: 'each', position: { x: 600, y: 50 } }), frame] }
    expect(growFrames({ document: wide, find: findInfo })).toEqual([
      { type: 'resize', key: 'each', size: { width: 860, height: 300 } },
    ])
  })
})

describe('names', () => {
  const document: WorkflowDocument = { format: 1, nodes: [node('set_fields'), node('mine')], edges: [] }
  it('a key nobody chose follows the name', () => {
    const edit = nameNode(document, { node: document.nodes[0]!, info: info('data.set'), name: 'Get order' })
    expect(keyAfter(edit, 'set_fields')).toBe('get_order')
  })
  it('a key somebody chose stays', () => {
    const edit = nameNode(document, { node: document.nodes[1]!, info: info('data.set'), name: 'Get order' })
    expect(keyAfter(edit, 'mine')).toBe('mine')
  })
})

describe('keys', () => {
  const press = (key: string, more = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  })
  it.each([
    [press('z', { ctrlKey: true }), 'Mod+Z', true],
    [press('z', { metaKey: true }), 'Mod+Z', true],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', true],
    [press('?', { shiftKey: true }), '?', true],
    [press('/'), '?', false],
    [press('c'), 'Mod+C', false],
    [press('Delete'), 'Delete', true],
  ])('%o is %s: %s', (keys, shortcut, expected) => expect(isShortcut(keys, shortcut)).toBe(expected))
  it('are written as on the keyboard', () => {
    expect([shortcutText('Mod+Shift+Z', true), shortcutText('Mod+Shift+Z', false)]).toEqual([
      '⌘⇧Z',
      'Ctrl+Shift+Z',
    ])
  })
  it('arrows go to the nearest node that way', () => {
    expect(neighbour(line, { from: 'a', direction: 'right' })).toBe('b')
    expect(neighbour(line, { from: 'a', direction: 'left' })).toBeNull()
    expect(neighbour(line, { from: null, direction: 'left' })).toBe('a')
  })
})

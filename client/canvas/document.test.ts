import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DocumentEdge, type DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import { type Edit, type Outcome, perform } from './document.ts'
import { emptyHistory, type Moment, redo, remember, seal, undo } from './history.ts'

const node = (key: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  key,
  type: 'data.set',
  version: 1,
  params: {},
  position: { x: 0, y: 0 },
  ...more,
})
const edge = (text: string): DocumentEdge => {
  const [from = '', to = ''] = text.split('>')
  return { from, port: 'out', to }
}
const drawing = (nodes: (string | DocumentNode)[], edges: string[] = []): WorkflowDocument => ({
  format: 1,
  nodes: nodes.map((item) => (typeof item === 'string' ? node(item) : item)),
  edges: edges.map(edge),
})
const done = (outcome: Outcome) => {
  if (!outcome.ok) throw new Error(outcome.refusal)
  return outcome
}
const names = (document: WorkflowDocument) => ({
  nodes: document.nodes.map((each) => each.key),
  edges: document.edges.map((each) => `${each.from}>${each.to}`),
})

describe('connect', () => {
  const line = drawing(['a', 'b', 'c', node('inner', { parent: 'box' }), 'box'], ['a>b', 'b>c'])
  it.each([
    ['a>a', 'self'],
    ['a>b', 'duplicate'],
    ['c>a', 'cycle'],
    ['a>inner', 'scope'],
    ['a>gone', 'missing_node'],
  ])('refuses %s: %s', (text, refusal) => {
    expect(perform(line, { type: 'connect', edge: edge(text) })).toEqual({ ok: false, refusal })
  })
  it('draws what is allowed', () => {
    const outcome = done(perform(line, { type: 'connect', edge: edge('a>c') }))
    expect(names(outcome.document).edges).toEqual(['a>b', 'b>c', 'a>c'])
  })
})

describe('other edits', () => {
  it('sets one setting of the workflow and leaves the others, and takes none away with the last', () => {
    const before: WorkflowDocument = { ...drawing(['a']), settings: { timeoutMinutes: 5 } }
    const ordered = done(
      perform(before, { type: 'settings', settings: { orderingKey: { expr: 'trigger.id' } } }),
    )
    expect(ordered.document.settings).toEqual({ timeoutMinutes: 5, orderingKey: { expr: 'trigger.id' } })
    expect(done(perform(ordered.document, ordered.inverse)).document).toEqual(before)
    const none = done(perform(before, { type: 'settings', settings: { timeoutMinutes: undefined } }))
    expect(none.document).toEqual(drawing(['a']))
    expect(done(perform(none.document, none.inverse)).document).toEqual(before)
  })
  it('removes a frame with its body and their edges', () => {
    const before = drawing(
      ['a', 'box', node('x', { parent: 'box' }), node('y', { parent: 'box' })],
      ['a>box', 'x>y'],
    )
    expect(names(done(perform(before, { type: 'remove', keys: ['box'] })).document)).toEqual({
      nodes: ['a'],
      edges: [],
    })
  })
  it('cuts the edges that would cross a border', () => {
    const before = drawing(['a', 'b', 'box'], ['a>b'])
    const edit: Edit = { type: 'set-parent', key: 'b', parent: 'box', position: { x: 8, y: 8 } }
    const after = done(perform(before, edit)).document
    expect(after.edges).toEqual([])
    expect(after.nodes[1]).toMatchObject({ parent: 'box', position: { x: 8, y: 8 } })
  })
  it('keeps a frame out of itself', () => {
    const before = drawing(['box', node('in', { parent: 'box' })])
    const edit: Edit = { type: 'set-parent', key: 'box', parent: 'in', position: { x: 0, y: 0 } }
    expect(perform(before, edit)).toEqual({ ok: false, refusal: 'frame_in_itself' })
  })
  it('renames a key in edges and expressions', () => {
    const reader = node('b', { params: { value: { expr: 'steps.a.total' } } })
    const after = done(
      perform(drawing(['a', reader], ['a>b']), { type: 'rename-key', key: 'a', to: 'order' }),
    ).document
    expect(names(after)).toEqual({ nodes: ['order', 'b'], edges: ['order>b'] })
    expect(after.nodes[1]?.params).toEqual({ value: { expr: 'steps.order.total' } })
  })
  it.each([
    ['b', 'taken_key'],
    ['Not a key', 'invalid_key'],
  ])('refuses to rename to %s', (to, refusal) => {
    expect(perform(drawing(['a', 'b']), { type: 'rename-key', key: 'a', to })).toEqual({ ok: false, refusal })
  })
  it('takes a field away when it is set to nothing', () => {
    const before = drawing([node('a', { notes: 'why' })])
    const after = done(perform(before, { type: 'set', key: 'a', fields: { notes: undefined } })).document
    expect(after.nodes[0]).toEqual(node('a'))
  })
  it('does all of several or none', () => {
    const before = drawing(['a'])
    const edits: Edit[] = [
      { type: 'add-node', node: node('b') },
      { type: 'connect', edge: edge('a>a') },
    ]
    expect(perform(before, { type: 'all', edits })).toEqual({ ok: false, refusal: 'self' })
  })
})

const keys = ['a', 'b', 'c', 'd', 'e', 'f']
const key = fc.constantFrom(...keys)
const point = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) })
const anyNode = fc.record({ key, parent: fc.option(key, { nil: undefined }) }).map((each) => {
  return each.parent === undefined ? node(each.key) : node(each.key, { parent: each.parent })
})
const anyEdge = fc.record({ from: key, to: key, port: fc.constantFrom('out', 'error') })
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: anyNode.map((each): Edit => ({ type: 'add-node', node: each })) },
  { weight: 4, arbitrary: anyEdge.map((each): Edit => ({ type: 'connect', edge: each })) },
  fc.tuple(key, point).map(([k, position]): Edit => ({ type: 'move', to: [{ key: k, position }] })),
  key.map((k): Edit => ({ type: 'remove', keys: [k] })),
  anyEdge.map((each): Edit => ({ type: 'disconnect', edges: [each] })),
  fc
    .tuple(key, fc.string())
    .map(([k, text]): Edit => ({ type: 'set', key: k, fields: { params: { text } } })),
  fc.tuple(key, key).map(([k, to]): Edit => ({ type: 'rename-key', key: k, to })),
  fc
    .tuple(key, fc.option(key, { nil: undefined }), point)
    .map(([k, parent, position]): Edit => ({ type: 'set-parent', key: k, parent, position })),
  key.map((k): Edit => ({ type: 'resize', key: k, size: { width: 400, height: 200 } })),
  fc.array(anyNode, { maxLength: 3 }).map((nodes): Edit => ({ type: 'paste', nodes, edges: [] })),
)
const someEdits = fc.array(anyEdit, { maxLength: 25 })

/** What every drawing made by edits alone must be. */
function flaws(document: WorkflowDocument): string[] {
  const found = new Map(document.nodes.map((each) => [each.key, each]))
  const isCyclic = (start: string) => {
    const open = document.edges.filter((each) => each.from === start).map((each) => each.to)
    const seen = new Set<string>()
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === start) return true
      if (seen.has(at)) continue
      seen.add(at)
      open.push(...document.edges.filter((each) => each.from === at).map((each) => each.to))
    }
    return false
  }
  return [
    ...(WorkflowDocument.safeParse(document).success ? [] : ['shape']),
    ...(found.size === document.nodes.length ? [] : ['keys']),
    ...document.edges.filter((each) => !found.has(each.from) || !found.has(each.to)).map(() => 'loose edge'),
    ...document.edges
      .filter((each) => found.get(each.from)?.parent !== found.get(each.to)?.parent)
      .map(() => 'scope'),
    ...document.nodes
      .filter((each) => each.parent !== undefined && !found.has(each.parent))
      .map(() => 'parent'),
    ...keys.filter(isCyclic).map(() => 'cycle'),
  ]
}

function play(edits: Edit[], apart = false): { moment: Moment; seen: WorkflowDocument[] } {
  let moment: Moment = { document: drawing([]), history: emptyHistory }
  const seen = [moment.document]
  for (const edit of edits) {
    const outcome = perform(moment.document, edit)
    if (!outcome.ok) continue
    const step = { before: moment.document, after: outcome.document, edit, atMs: 0 }
    moment = {
      document: outcome.document,
      history: remember(apart ? seal(moment.history) : moment.history, step),
    }
    seen.push(moment.document)
  }
  return { moment, seen }
}

describe('properties', () => {
  it('never makes an invalid drawing', () => {
    fc.assert(
      fc.property(someEdits, (edits) => {
        expect(flaws(play(edits).moment.document)).toEqual([])
      }),
    )
  })
  it('an inverse undoes its edit exactly', () => {
    fc.assert(
      fc.property(someEdits, anyEdit, (edits, last) => {
        const { document } = play(edits).moment
        const outcome = perform(document, last)
        if (outcome.ok) expect(done(perform(outcome.document, outcome.inverse)).document).toEqual(document)
      }),
    )
  })
  it('undo walks back through every moment, redo forward again', () => {
    fc.assert(
      fc.property(someEdits, (edits) => {
        const { moment, seen } = play(edits, true)
        let at = moment
        for (const expected of seen.toReversed().slice(1)) {
          at = undo(at)
          expect(at.document).toEqual(expected)
        }
        for (const expected of seen.slice(1)) {
          at = redo(at)
          expect(at.document).toEqual(expected)
        }
      }),
    )
  })
  it('joined changes still lead back to the start', () => {
    fc.assert(
      fc.property(someEdits, (edits) => {
        let at = play(edits).moment
        while (at.history.past.length > 0) at = undo(at)
        expect(at.document).toEqual(drawing([]))
      }),
    )
  })
})

describe('typing', () => {
  const type = (moment: Moment, change: { text: string; atMs: number }): Moment => {
    const edit: Edit = { type: 'set', key: 'a', fields: { params: { text: change.text } } }
    const after = done(perform(moment.document, edit)).document
    return {
      document: after,
      history: remember(moment.history, { before: moment.document, after, edit, atMs: change.atMs }),
    }
  }
  const start: Moment = { document: drawing(['a']), history: emptyHistory }

  it('in one field is one change', () => {
    const typed = type(type(type(start, { text: 'h', atMs: 0 }), { text: 'he', atMs: 200 }), {
      text: 'hey',
      atMs: 400,
    })
    expect(typed.history.past).toHaveLength(1)
    expect(undo(typed).document).toEqual(start.document)
    expect(redo(undo(typed)).document).toEqual(typed.document)
  })
  it('is two changes when the field was left or time went by', () => {
    const first = type(start, { text: 'h', atMs: 0 })
    expect(
      type({ ...first, history: seal(first.history) }, { text: 'he', atMs: 100 }).history.past,
    ).toHaveLength(2)
    expect(type(first, { text: 'he', atMs: 60_000 }).history.past).toHaveLength(2)
  })
  it('forgets what was undone when something new is done', () => {
    const back = undo(type(start, { text: 'h', atMs: 0 }))
    expect(type(back, { text: 'x', atMs: 10 }).history.future).toEqual([])
  })
})

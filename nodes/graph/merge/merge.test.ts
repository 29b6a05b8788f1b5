import { describe, expect, test } from 'vitest'
import { type DocumentNode, type NodeKey, WorkflowDocument } from '../document.ts'
import type { Choices, Three } from './conflict.ts'
import { merge } from './merge.ts'

type Drawn = Partial<DocumentNode> & { key: string }

/** Logs at places of their own, wired as `a:port > b`. */
function drawn(nodes: Drawn[], ...wires: string[]): WorkflowDocument {
  return WorkflowDocument.parse({
    nodes: nodes.map((node, index) => ({
      type: 'flow.log',
      version: 1,
      position: { x: index * 300, y: 0 },
      ...node,
    })),
    edges: wires.map((wire) => {
      const [way = '', to] = wire.split(' > ')
      const [from, port = 'out'] = way.split(':')
      return { from, port, to }
    }),
  })
}

const merged = (three: Three<WorkflowDocument>, choices?: Choices) => merge({ ...three, choices })
const node = (document: WorkflowDocument, key: NodeKey) => document.nodes.find((one) => one.key === key)
const wires = ({ edges }: WorkflowDocument) => edges.map(({ from, port, to }) => `${from}:${port} > ${to}`)

const base = drawn(
  [
    { key: 'start', type: 'trigger.manual' },
    { key: 'ask', params: { url: 'https://a.example', retries: 1, headers: { a: '1', b: '2' } } },
    { key: 'tell', params: { text: 'Hello', fields: [{ name: 'x', value: 1 }] } },
  ],
  'start > ask',
  'ask > tell',
)
const change = (key: string, patch: Partial<DocumentNode>, of = base): WorkflowDocument => ({
  ...of,
  nodes: of.nodes.map((one) => (one.key === key ? { ...one, ...patch } : one)),
})
const without = (key: string, of = base): WorkflowDocument => ({
  ...of,
  nodes: of.nodes.filter((one) => one.key !== key),
  edges: of.edges.filter(({ from, to }) => from !== key && to !== key),
})

describe('fields', () => {
  test('two changes in one node are both kept', () => {
    const mine = change('ask', {
      params: { url: 'https://mine.example', retries: 1, headers: { a: '1', b: '2' } },
    })
    const theirs = change('ask', {
      name: 'Ask',
      params: { url: 'https://a.example', retries: 3, headers: { a: '1', b: '3' } },
    })
    const { document, conflicts } = merged({ base, mine, theirs })
    expect(conflicts).toEqual([])
    expect(node(document, 'ask')).toMatchObject({
      name: 'Ask',
      params: { url: 'https://mine.example', retries: 3, headers: { a: '1', b: '3' } },
    })
  })

  test('the same field changed twice is a conflict, mine until it is chosen', () => {
    const mine = change('tell', { params: { text: 'Hi', fields: [] } })
    const theirs = change('tell', { params: { text: 'Good day', fields: [{ name: 'x', value: 1 }] } })
    const asked = merged({ base, mine, theirs })
    const conflict = {
      id: 'changed/tell/params.text',
      kind: 'changed',
      node: 'tell',
      field: 'params.text',
      base: 'Hello',
      mine: 'Hi',
      theirs: 'Good day',
    }
    expect(asked.conflicts).toEqual([conflict])
    expect(node(asked.document, 'tell')?.params).toEqual({ text: 'Hi', fields: [] })
    const chosen = merged({ base, mine, theirs }, { [conflict.id]: 'theirs' })
    expect(chosen.conflicts).toEqual([conflict])
    expect(node(chosen.document, 'tell')?.params.text).toBe('Good day')
    expect(chosen.changes).toEqual([
      { kind: 'field', node: 'tell', field: 'params.text', before: 'Hi', after: 'Good day' },
    ])
  })

  test('rows with names are merged by name, others by place if there are as many', () => {
    const rows = (...values: number[]) => values.map((value, index) => ({ name: 'xyz'[index] ?? '', value }))
    const of = (fields: DocumentNode['params'][string], list: number[]) =>
      change('tell', { params: { fields, list } })
    const { document, conflicts } = merged({
      base: of(rows(1, 2), [1, 2]),
      mine: of([{ name: 'new', value: 0 }, ...rows(1, 2)], [9, 2]),
      theirs: of(rows(1, 5), [1, 8]),
    })
    expect(conflicts).toEqual([])
    expect(node(document, 'tell')?.params).toEqual({
      fields: [
        { name: 'new', value: 0 },
        { name: 'x', value: 1 },
        { name: 'y', value: 5 },
      ],
      list: [9, 8],
    })
    const shifted = merged({ base: of([], [1, 2]), mine: of([], [2]), theirs: of([], [1, 3]) })
    expect(shifted.conflicts.map(({ field }) => field)).toEqual(['params.list'])
  })

  test('a computed value is taken whole, and so are two options of a union', () => {
    const of = (value: DocumentNode['params'][string]) => change('tell', { params: { value } })
    const expr = merged({ base: of({ expr: 'a' }), mine: of({ expr: 'b' }), theirs: of({ expr: 'c' }) })
    expect(expr.conflicts).toMatchObject([{ field: 'params.value', mine: { expr: 'b' } }])
    const union = merged({
      base: of({ kind: 'none' }),
      mine: of({ kind: 'text', text: 'x' }),
      theirs: of({ kind: 'json', schema: {} }),
    })
    expect(union.conflicts).toMatchObject([{ field: 'params.value', theirs: { kind: 'json', schema: {} } }])
  })

  test('reliability, connection, notes and name go one by one; where a card lies is mine', () => {
    const [a, b] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
    const start = change('ask', { connection: a, reliability: { attempts: 2, timeoutMs: 1000 } })
    const mine = change(
      'ask',
      { reliability: { attempts: 5, timeoutMs: 1000 }, notes: 'Ours', position: { x: 1, y: 1 } },
      start,
    )
    const theirs = change(
      'ask',
      { connection: b, reliability: { attempts: 2, timeoutMs: 9000 }, position: { x: 2, y: 2 } },
      start,
    )
    const { document, conflicts } = merged({ base: start, mine, theirs })
    expect(conflicts).toEqual([])
    expect(node(document, 'ask')).toMatchObject({
      notes: 'Ours',
      connection: b,
      reliability: { attempts: 5, timeoutMs: 9000 },
      position: { x: 1, y: 1 },
    })
  })
})

describe('nodes', () => {
  test('a node inserted by them and another added by me are both there, wired', () => {
    const mine = drawn([...base.nodes, { key: 'also' }], 'start > ask', 'ask > tell', 'ask > also')
    const theirs = drawn(
      [...base.nodes, { key: 'between' }],
      'start > between',
      'between > ask',
      'ask > tell',
    )
    const { document, conflicts, changes } = merged({ base, mine, theirs })
    expect(conflicts).toEqual([])
    expect(wires(document).sort()).toEqual([
      'ask:out > also',
      'ask:out > tell',
      'between:out > ask',
      'start:out > between',
    ])
    expect(changes.map(({ kind }) => kind).sort()).toEqual([
      'edge_added',
      'edge_added',
      'edge_removed',
      'node_added',
    ])
  })

  test('what they removed and I left alone goes, with its edges', () => {
    const mine = change('ask', { name: 'Mine' })
    const { document, conflicts } = merged({ base, mine, theirs: without('tell') })
    expect(conflicts).toEqual([])
    expect(document.nodes.map(({ key }) => key)).toEqual(['start', 'ask'])
    expect(wires(document)).toEqual(['start:out > ask'])
  })

  test.each([
    ['changed', change('tell', { name: 'Mine' })],
    ['wired', drawn([...base.nodes, { key: 'more' }], 'start > ask', 'ask > tell', 'tell > more')],
  ])('what they removed and I %s is asked', (_, mine) => {
    const three = { base, mine, theirs: without('tell') }
    const asked = merged(three)
    expect(asked.conflicts).toMatchObject([{ id: 'removed_by_them/tell', kind: 'removed_by_them' }])
    expect(asked.conflicts[0]).not.toHaveProperty('theirs')
    expect(node(asked.document, 'tell')).toBeDefined()
    const gone = merged(three, { 'removed_by_them/tell': 'theirs' }).document
    expect(node(gone, 'tell')).toBeUndefined()
    expect(wires(gone)).toEqual(['start:out > ask'])
  })

  test('what I removed and they changed is asked, and comes back if I say so', () => {
    const three = { base, mine: without('tell'), theirs: change('tell', { params: { text: 'New' } }) }
    expect(merged(three).conflicts).toMatchObject([{ kind: 'removed_by_me', node: 'tell' }])
    expect(node(merged(three).document, 'tell')).toBeUndefined()
    const back = merged(three, { 'removed_by_me/tell': 'theirs' }).document
    expect(node(back, 'tell')?.params).toEqual({ text: 'New' })
  })

  test('two different nodes of one key are asked', () => {
    const mine = drawn(
      [...base.nodes, { key: 'new', name: 'Mine' }],
      'start > ask',
      'ask > tell',
      'tell > new',
    )
    const theirs = drawn(
      [...base.nodes, { key: 'new', name: 'Theirs' }],
      'start > ask',
      'ask > tell',
      'ask > new',
    )
    const { conflicts } = merged({ base, mine, theirs })
    expect(conflicts).toMatchObject([{ id: 'added/new', mine: { name: 'Mine' }, theirs: { name: 'Theirs' } }])
  })

  test('a node they renamed keeps my changes, and my references follow', () => {
    const start = change('tell', { params: { text: { expr: 'steps.ask.body' } } })
    const mine = change('ask', { params: { url: 'https://mine.example', retries: 1, headers: {} } }, start)
    const renamed = JSON.parse(
      JSON.stringify(start).replaceAll('"ask"', '"fetch"').replaceAll('steps.ask', 'steps.fetch'),
    )
    const { document, conflicts } = merged({ base: start, mine, theirs: WorkflowDocument.parse(renamed) })
    expect(conflicts).toEqual([])
    expect(node(document, 'ask')).toBeUndefined()
    expect(node(document, 'fetch')?.params.url).toBe('https://mine.example')
    expect(node(document, 'tell')?.params.text).toEqual({ expr: 'steps.fetch.body' })
    expect(wires(document)).toEqual(['start:out > fetch', 'fetch:out > tell'])
  })
})

describe('wires and frames', () => {
  test('a way out that both led elsewhere is asked', () => {
    const mine = drawn([...base.nodes, { key: 'mine' }], 'start > ask', 'ask > mine', 'mine > tell')
    const theirs = drawn([...base.nodes, { key: 'theirs' }], 'start > ask', 'ask > theirs', 'theirs > tell')
    const asked = merged({ base, mine, theirs })
    expect(asked.conflicts).toEqual([
      {
        id: 'wires/ask/out',
        kind: 'wires',
        node: 'ask',
        field: 'out',
        base: ['tell'],
        mine: ['mine'],
        theirs: ['theirs'],
      },
    ])
    expect(wires(asked.document)).toContain('ask:out > mine')
    const chosen = merged({ base, mine, theirs }, { 'wires/ask/out': 'theirs' }).document
    expect(wires(chosen)).toContain('ask:out > theirs')
    expect(wires(chosen)).not.toContain('ask:out > mine')
  })

  test('a frame they removed around a node I put into it is asked; without it the node moves out', () => {
    const framed = drawn(
      [...base.nodes, { key: 'each', type: 'flow.each', position: { x: 100, y: 100 } }],
      'start > ask',
      'ask > tell',
    )
    const mine = {
      ...framed,
      nodes: [
        ...framed.nodes,
        { ...base.nodes[2]!, key: 'inside', parent: 'each', position: { x: 10, y: 10 } },
      ],
    }
    const three = { base: framed, mine, theirs: without('each', framed) }
    expect(merged(three).conflicts.map(({ id }) => id)).toEqual(['removed_by_them/each'])
    const out = node(merged(three, { 'removed_by_them/each': 'theirs' }).document, 'inside')
    expect(out).toMatchObject({ position: { x: 110, y: 110 } })
    expect(out).not.toHaveProperty('parent')
  })

  test('a node that I framed and they wired to a new one is asked', () => {
    const framed = drawn([...base.nodes, { key: 'each', type: 'flow.each' }], 'start > ask')
    const mine = change('tell', { parent: 'each' }, framed)
    const theirs = drawn([...framed.nodes, { key: 'new' }], 'start > ask', 'tell > new')
    const { conflicts, document } = merged({ base: framed, mine, theirs })
    expect(conflicts.map(({ id }) => id)).toEqual(['changed/tell/parent'])
    expect(wires(document)).toEqual(['start:out > ask'])
    const theirPlace = merged({ base: framed, mine, theirs }, { 'changed/tell/parent': 'theirs' }).document
    expect(wires(theirPlace)).toContain('tell:out > new')
  })

  test('two frames put into each other do not end up in a circle', () => {
    const frames = drawn([
      { key: 'one', type: 'flow.each' },
      { key: 'two', type: 'flow.each' },
    ])
    const mine = change('one', { parent: 'two' }, frames)
    const theirs = change('two', { parent: 'one' }, frames)
    const { document, conflicts } = merged({ base: frames, mine, theirs })
    expect(conflicts.map(({ id }) => id)).toEqual(['changed/two/parent'])
    expect(document.nodes.map(({ key, parent }) => [key, parent])).toEqual([
      ['one', 'two'],
      ['two', undefined],
    ])
  })
})

describe('settings of the workflow', () => {
  const set = (settings: WorkflowDocument['settings'], of = base): WorkflowDocument => ({ ...of, settings })

  test('what each side set is kept, beside what was drawn', () => {
    const mine = set({ timeoutMinutes: 30 }, change('ask', { name: 'Ask' }))
    const theirs = set({ orderingKey: { expr: 'trigger.id' } })
    const { document, conflicts } = merged({ base, mine, theirs })
    expect(conflicts).toEqual([])
    expect(document.settings).toEqual({ timeoutMinutes: 30, orderingKey: { expr: 'trigger.id' } })
    expect(node(document, 'ask')?.name).toBe('Ask')
  })

  test('one that both set differently is a conflict, and both are shown', () => {
    const three = { base: set({ timeoutMinutes: 5 }), mine: set({ timeoutMinutes: 10 }), theirs: base }
    const asked = merged(three)
    expect(asked.conflicts).toEqual([
      { id: 'setting/timeoutMinutes', kind: 'setting', field: 'timeoutMinutes', base: 5, mine: 10 },
    ])
    expect(asked.document.settings).toEqual({ timeoutMinutes: 10 })
    const gone = merged(three, { 'setting/timeoutMinutes': 'theirs' })
    expect(gone.document.settings).toBeUndefined()
    expect(gone.changes).toEqual([{ kind: 'setting', field: 'timeoutMinutes', before: 10 }])
  })
})

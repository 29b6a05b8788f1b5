import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../kit/json.ts'
import { drawing, log, manual, node } from '../checks/drawing.ts'
import type { DocumentNode } from '../document.ts'
import { evaluate } from '../expression/evaluate.ts'
import { toGraph } from '../graph.ts'
import { scopeOf, type Visit, visitsOf } from '../scope.ts'

const facts = {
  trigger: null,
  run: { id: 'r', startedAt: '2026-01-01T00:00:00.000Z', startedBy: 'manual' },
  workflow: { id: 'w', name: 'W', version: 1 },
  tenant: { id: 't', name: 'T', slug: 't' },
}
const expr = (source: string) => ({ expr: source })
const repeat = (source: string) => ({ repeat: { list: expr(source), concurrency: 1 } })
const gave = (output: Json, port = 'out'): Visit => ({ status: 'finished', port, output })
const walks = (items: Json[]): Visit => ({ status: 'opened', items })

interface Drawn {
  nodes: readonly DocumentNode[]
  edges: readonly string[]
  visits: Record<string, Visit>
}

function read(source: string, { nodes, edges, visits, step }: Drawn & { step: string }): Json {
  const graph = toGraph(drawing([manual('start'), ...nodes], ...edges))
  const known = visitsOf(new Map(Object.entries({ start: gave(null), ...visits })))
  return evaluate(
    source,
    scopeOf({ graph, visits: known, step, facts, now: () => '2026-01-01T00:00:00.000Z' }),
  )
}

const orders = [
  { id: 1, lines: ['a', 'b'] },
  { id: 2, lines: [] },
  { id: 3, lines: ['c'] },
]

describe('steps.X.item is the element of X that led here', () => {
  const over = (source: string, items: Json[]): Drawn => ({
    nodes: [log('orders'), log('send', repeat(source))],
    edges: ['start > orders', 'orders > send'],
    visits: { orders: gave(orders), send: walks(items) },
  })
  test.each([
    ['the list itself', 'steps.orders', orders, 2, 3],
    ['the wire', 'input', orders, 1, 2],
    ['a filter', 'steps.orders.filter(o => o.id != 2)', [orders[0], orders[2]], 1, 3],
    ['a filter by place', 'steps.orders.filter((o, i) => i > 0)', [orders[1], orders[2]], 0, 2],
    ['a field of each', 'steps.orders.map(o => o.id)', [1, 2, 3], 2, 3],
    ['a part', 'steps.orders.slice(1)', [orders[1], orders[2]], 0, 2],
    ['the other way round', 'steps.orders.reverse()', orders.toReversed(), 0, 3],
    ['lists in each', 'steps.orders.flatMap(o => o.lines)', ['a', 'b', 'c'], 2, 3],
    ['several at once', 'steps.orders.filter(o => o.id > 1).map(o => o.id).reverse()', [3, 2], 0, 3],
    ['what is there or else', 'steps.orders ?? []', orders, 0, 1],
    ['one of two', 'index == null ? steps.orders : steps.orders.reverse()', orders.toReversed(), 0, 3],
  ] as [string, string, Json[], number, number][])('through %s', (_, source, items, index, id) =>
    expect(
      read('steps.orders.item.id', {
        ...over(source.replace('index == null', 'false'), items),
        step: `send[${index}]`,
      }),
    ).toBe(id),
  )
  test('of a list inside of what X gave', () =>
    expect(
      read('steps.get.item', {
        nodes: [log('get'), log('send', repeat('steps.get.body.rows'))],
        edges: ['start > get', 'get > send'],
        visits: { get: gave({ body: { rows: ['x', 'y'] } }), send: walks(['x', 'y']) },
        step: 'send[1]',
      }),
    ).toBe('y'))
  test('through nodes that filter, repeat, walk and pass on', () => {
    const drawn: Drawn = {
      nodes: [
        log('orders'),
        node('paid', 'flow.filter', { params: { list: expr('steps.orders') } }),
        node('any', 'flow.if', {}),
        log('ask', repeat('input')),
        node('all', 'flow.each', { params: { list: expr('steps.ask') } }),
        log('inside', { parent: 'all' }),
        log('send', repeat('steps.all')),
      ],
      edges: [
        'start > orders',
        'orders > paid',
        'paid:kept > any',
        'any:yes > ask',
        'ask > all',
        'all > send',
      ],
      visits: {
        orders: gave(orders),
        paid: gave([orders[0] ?? null, orders[2] ?? null], 'kept'),
        any: gave([orders[0] ?? null, orders[2] ?? null], 'yes'),
        ask: gave(['same', 'same']),
        all: gave(['gone', null]),
        send: walks(['gone', null]),
      },
    }
    expect(read('steps.orders.item.id', { ...drawn, step: 'send[1]' })).toBe(3)
    expect(read('steps.paid.item.id', { ...drawn, step: 'send[0]' })).toBe(1)
    expect(read('steps.ask.item', { ...drawn, step: 'send[1]' })).toBe('same')
  })
  test('in lists inside of lists, through branches of an iteration and a try', () => {
    const drawn: Drawn = {
      nodes: [
        log('orders'),
        node('each', 'flow.each', { params: { list: expr('steps.orders') } }),
        node('big', 'flow.if', { parent: 'each' }),
        node('t', 'flow.try', { parent: 'each' }),
        log('line', { parent: 't', ...repeat('item.lines') }),
      ],
      edges: ['start > orders', 'orders > each', 'big:yes > t'],
      visits: {
        orders: gave(orders),
        each: walks(orders),
        'each[0].big': gave(orders[0] ?? null, 'yes'),
        'each[0].t': walks([null]),
        'each[0].t[0].line': walks(['a', 'b']),
      },
    }
    const at = { ...drawn, step: 'each[0].t[0].line[1]' }
    expect(read('`${item} of ${steps.orders.item.id}`', at)).toBe('b of 1')
  })
  test('is what an output calls item where it has such a field', () =>
    expect(
      read('steps.get.item', {
        nodes: [log('get'), log('send')],
        edges: ['start > get', 'get > send'],
        visits: { get: gave({ item: 5 }) },
        step: 'send',
      }),
    ).toBe(5))
})

describe('where it cannot be known', () => {
  const made: Drawn = {
    nodes: [log('orders'), node('code', 'code.run'), log('send', repeat('steps.code'))],
    edges: ['start > orders', 'orders > code', 'code > send'],
    visits: { orders: gave(orders), code: gave([9, 8, 7]), send: walks([9, 8, 7]) },
  }
  test('says which step is in the way', () =>
    expect(() => read('steps.orders.item', { ...made, step: 'send[1]' })).toThrow(
      'Which element of “orders” led here is not known: the elements of “code” cannot be followed back to it',
    ))
  test('knows that step’s own element all the same', () =>
    expect(read('steps.code.item', { ...made, step: 'send[1]' })).toBe(8))
  test('is absent where that may be', () =>
    expect(read('steps.orders.item?.id ?? "none"', { ...made, step: 'send[1]' })).toBe('none'))
  test('says that no list leads here', () =>
    expect(() => read('steps.orders.item', { ...made, step: 'code' })).toThrow(
      'this step does not run once for each element of a list',
    ))
  test.each(['[...steps.orders]', 'steps.orders.concat([])', 'steps.orders.chunk(2)', '[1, 2, 3]'])(
    'does not guess through %s',
    (source) => {
      const drawn: Drawn = {
        nodes: [log('orders'), log('send', repeat(source))],
        edges: ['start > orders', 'orders > send'],
        visits: { orders: gave(orders), send: walks([1, 2, 3]) },
      }
      expect(() => read('steps.orders.item', { ...drawn, step: 'send[0]' })).toThrow('is not known')
    },
  )
})

// The oracle carries every element's origin along by hand; many are equal, so that a wrong one would show.
interface Tagged {
  value: number
  from: string
}
const hops = {
  filter: { source: '.filter(v => v != 1)', do: (all: Tagged[]) => all.filter(({ value }) => value !== 1) },
  odd: { source: '.filter((v, i) => i % 2 == 0)', do: (all: Tagged[]) => all.filter((_, i) => i % 2 === 0) },
  slice: { source: '.slice(1)', do: (all: Tagged[]) => all.slice(1) },
  reverse: { source: '.reverse()', do: (all: Tagged[]) => all.toReversed() },
  sort: { source: '.sort()', do: (all: Tagged[]) => all.toSorted((a, b) => a.value - b.value) },
  unique: {
    source: '.unique()',
    do: (all: Tagged[]) => all.filter(({ value }, i) => all.findIndex((one) => one.value === value) === i),
  },
  map: {
    source: '.map(v => v % 2)',
    do: (all: Tagged[]) => all.map((one) => ({ ...one, value: one.value % 2 })),
  },
  twice: {
    source: '.flatMap(v => [v, v + 1])',
    do: (all: Tagged[]) => all.flatMap((one) => [one, { ...one, value: one.value + 1 }]),
  },
} as const
const hop = fc.constantFrom(...(Object.keys(hops) as (keyof typeof hops)[]))
const stage = fc.record({
  kind: fc.constantFrom('repeat', 'filter', 'each', 'pass'),
  hops: fc.array(hop, { maxLength: 3 }),
})

test('the origin of every element is the one that was carried along by hand', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 7 }),
      fc.array(stage, { minLength: 1, maxLength: 5 }),
      (values, stages) => {
        const labels = values.map((_, index) => `label ${index}`)
        const nodes: DocumentNode[] = [log('labels'), log('values', repeat('steps.labels'))]
        const visits: Record<string, Visit> = { labels: gave(labels), values: gave(values) }
        let all: Tagged[] = values.map((value, index) => ({ value, from: labels[index] ?? '' }))
        let last = 'values'
        const edges = ['start > labels', 'labels > values']
        for (const [at, { kind, hops: way }] of [
          ...stages,
          { kind: 'repeat', hops: [] as (keyof typeof hops)[] },
        ].entries()) {
          const key = `s${at}`
          const source = `steps.${last}${kind === 'pass' ? '' : way.map((name) => hops[name].source).join('')}`
          if (kind !== 'pass') for (const name of way) all = hops[name].do(all)
          if (kind === 'filter') all = all.filter(({ value }) => value !== 2)
          // What a step makes of each element has nothing to do with what it was made of.
          if (kind === 'repeat' || kind === 'each')
            all = all.map((one, index) => ({ ...one, value: index % 2 }))
          nodes.push(
            kind === 'repeat'
              ? log(key, repeat(source))
              : node(key, { filter: 'flow.filter', each: 'flow.each', pass: 'flow.log' }[kind] ?? '', {
                  params: { list: expr(source) },
                }),
          )
          edges.push(`${last} > ${key}`)
          visits[key] =
            at === stages.length ? walks(all.map(({ value }) => value)) : gave(all.map(({ value }) => value))
          last = key
        }
        for (const [index, { from }] of all.entries())
          expect(read('steps.labels.item', { nodes, edges, visits, step: `${last}[${index}]` })).toBe(from)
      },
    ),
    { numRuns: 300 },
  )
})

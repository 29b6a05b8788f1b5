import { describe, expect, it } from 'vitest'
import { childrenOf, FIELDS_SHOWN, pickedAt, rootOf, rowsOf, search } from './data-tree.ts'
import type { DataSource } from './scope.ts'

const fetched: DataSource = {
  key: 'fetch',
  path: 'steps.fetch',
  title: 'Fetch orders',
  icon: 'globe',
  group: 'app',
  schema: {
    type: 'object',
    properties: { status: { type: 'number' }, headers: { type: 'object' }, body: {} },
  },
  sample: {
    status: 200,
    body: { orders: [{ id: 7, 'ship to': { city: 'Recife' } }, { id: 8 }] },
  },
}
const all = { isOpen: () => true, more: new Map<string, number>() }
const names = (source: DataSource) =>
  rowsOf([source], all).map((row) => (row.kind === 'place' ? row.place.id : row.kind))

describe('data tree', () => {
  it('joins what the schema says with what the last run gave', () => {
    expect(names(fetched)).toEqual([
      'steps.fetch',
      'steps.fetch.status',
      'steps.fetch.body',
      'steps.fetch.body.orders',
      'steps.fetch.body.orders[0]',
      'steps.fetch.body.orders[0].id',
      'steps.fetch.body.orders[0]["ship to"]',
      'steps.fetch.body.orders[0]["ship to"].city',
      'steps.fetch.headers',
    ])
  })

  it('knows the lists a picked value is inside of', () => {
    const [city] = search([fetched], 'CITY')
    expect(pickedAt(city!)).toMatchObject({
      expr: 'steps.fetch.body.orders[0]["ship to"].city',
      lists: ['steps.fetch.body.orders'],
      sample: 'Recife',
    })
  })

  it('shows the schema alone before the first run, and says when there is none', () => {
    const { sample: _, ...unrun } = fetched
    expect(names(unrun)).toEqual([
      'steps.fetch',
      'steps.fetch.status',
      'steps.fetch.headers',
      'steps.fetch.body',
    ])
    expect(names({ ...unrun, schema: {} })).toEqual(['steps.fetch', 'unknown'])
  })

  it('looks at nothing that is closed', () => {
    const huge = { ...fetched, sample: Array.from({ length: 100_000 }, (_, id) => ({ id })) }
    expect(rowsOf([huge], { ...all, isOpen: () => false })).toHaveLength(1)
    expect(rowsOf([huge], all)).toHaveLength(3)
  })

  it('shows wide objects piece by piece', () => {
    const wide = {
      ...fetched,
      schema: {},
      sample: Object.fromEntries(Array.from({ length: 130 }, (_, at) => [`f${at}`, at])),
    }
    expect(rowsOf([wide], all).at(-1)).toMatchObject({ kind: 'more', left: 130 - FIELDS_SHOWN })
    const more = new Map([['steps.fetch', 50]])
    expect(rowsOf([wide], { ...all, more }).at(-1)).toMatchObject({ kind: 'more', left: 30 })
  })

  it('reads own keys only', () => {
    const odd = { ...fetched, schema: {}, sample: JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') }
    expect(childrenOf(rootOf(odd)).map((place) => [place.name, place.value])).toEqual([
      ['__proto__', { a: 1 }],
      ['constructor', 2],
    ])
  })
})

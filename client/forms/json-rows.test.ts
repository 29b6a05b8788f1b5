import { describe, expect, it } from 'vitest'
import type { Json } from '#nodes/kit/index.ts'
import { jsonRows, rootPlace, SHOWN, searchJson } from './json-rows.ts'

const order: Json = { id: 7, lines: [{ sku: 'mug', 'unit price': 4 }, { sku: 'cup' }], note: null }
const root = rootPlace('steps.get', order)
const all = { isOpen: () => true, shown: () => SHOWN }

describe('json rows', () => {
  it('lists what is open, with its path', () => {
    const paths = jsonRows(root, all).map((row) => (row.kind === 'value' ? row.place.path : row.kind))
    expect(paths).toEqual([
      'steps.get',
      'steps.get.id',
      'steps.get.lines',
      'steps.get.lines[0]',
      'steps.get.lines[0].sku',
      'steps.get.lines[0]["unit price"]',
      'steps.get.lines[1]',
      'steps.get.lines[1].sku',
      'steps.get.note',
    ])
    expect(jsonRows(root, { ...all, isOpen: () => false })).toHaveLength(1)
  })

  it('draws a long list piece by piece', () => {
    const long = rootPlace(
      'x',
      Array.from({ length: 10_000 }, (_, id) => ({ id })),
    )
    const rows = jsonRows(long, { ...all, isOpen: (place) => place.depth === 0 })
    expect(rows).toHaveLength(1 + SHOWN + 1)
    expect(rows.at(-1)).toEqual({ kind: 'more', of: 'x', depth: 1, left: 9_900 })
  })

  it('finds names and texts', () => {
    expect(searchJson(root, 'MUG').map((place) => place.path)).toEqual(['steps.get.lines[0].sku'])
    expect(searchJson(root, 'unit').map((place) => place.value)).toEqual([4])
    expect(searchJson(root, 'nothing like it')).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import { check } from '../graph/check.ts'
import { WorkflowDocument } from '../graph/document.ts'
import { toGraph } from '../graph/graph.ts'
import { locales } from './example.ts'
import { examples } from './examples.ts'

const CARD = { width: 232, height: 60 }
const GAP = 40

const drawn = examples.flatMap((example) =>
  locales.map((locale) => ({ ...example, locale, document: example.document[locale] })),
)

describe.each(drawn)('$id in $locale', ({ name, description, locale, document }) => {
  test('has nothing wrong, and is stored as it is', () => {
    expect(check(document, findInfo)).toEqual([])
    expect(WorkflowDocument.parse(document)).toEqual(document)
    expect(name[locale]).not.toBe('')
    expect(description[locale]).not.toBe('')
  })

  test('every node has a name of its own, and no card lies on another', () => {
    const names = document.nodes.map((node) => node.name)
    expect(new Set(names).size).toBe(document.nodes.length)
    expect(names).not.toContain(undefined)
    for (const a of document.nodes)
      for (const b of document.nodes) {
        if (a === b || a.parent !== b.parent) continue
        const [left, right] = a.position.x <= b.position.x ? [a, b] : [b, a]
        const [top, bottom] = a.position.y <= b.position.y ? [a, b] : [b, a]
        const apart =
          left.position.x + (left.size?.width ?? CARD.width) + GAP <= right.position.x ||
          top.position.y + (top.size?.height ?? CARD.height) + GAP <= bottom.position.y
        expect(apart, `${a.key} and ${b.key}`).toBe(true)
      }
  })

  test('wires lead to the right, and bodies fit into their frames', () => {
    const { nodes } = toGraph(document)
    for (const { from, to } of document.edges)
      expect(nodes.get(from)!.position.x).toBeLessThan(nodes.get(to)!.position.x)
    for (const { parent, position } of document.nodes) {
      const size = parent === undefined ? undefined : nodes.get(parent)?.size
      if (!size) continue
      expect(position.x + CARD.width).toBeLessThan(size.width)
      expect(position.y + CARD.height).toBeLessThan(size.height)
    }
  })
})

test('the drawing is the same in every language', () => {
  for (const { document } of examples) {
    const [first, ...others] = locales.map((locale) => ({
      keys: document[locale].nodes.map(({ key, type, position }) => ({ key, type, position })),
      edges: document[locale].edges,
    }))
    for (const other of others) expect(other).toEqual(first)
  }
})

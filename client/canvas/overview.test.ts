import { expect, it } from 'vitest'
import { findInfo } from '#nodes/catalog-info.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { LARGE, overviewOf } from './overview.ts'

const node = (key: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  ...{ key, type: 'data.set', version: 1, params: {}, position: { x: 0, y: 0 } },
  ...more,
})
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => node(`n${at}`, { position: { x: at * 300, y: 0 } }))

it('shows a large drawing in small, a small one not at all', () => {
  expect(overviewOf({ format: 1, nodes: many(LARGE - 1), edges: [] }, findInfo)).toBeNull()
  const overview = overviewOf({ format: 1, nodes: many(LARGE), edges: [] }, findInfo)
  expect(overview?.cards.match(/M/g)).toHaveLength(LARGE)
  expect(overview?.frames).toBe('')
  expect(overview?.box.width).toBeGreaterThan((LARGE - 1) * 300)
})

it('draws what is in a frame where it is, and the frame apart', () => {
  const frame = node('each', {
    ...{ type: 'flow.each', position: { x: 1_000, y: 500 }, size: { width: 300, height: 200 } },
  })
  const inside = node('a', { parent: 'each', position: { x: 20, y: 30 } })
  const overview = overviewOf({ format: 1, nodes: [...many(LARGE), frame, inside], edges: [] }, findInfo)
  expect(overview?.frames).toMatch(/^M1000 500h\d+v\d+h-\d+z$/)
  expect(overview?.cards).toContain('M1020 530h')
})

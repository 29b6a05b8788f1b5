import { describe, expect, it } from 'vitest'
import { findInfo } from '#nodes/catalog-info.ts'
import { type DocumentNode, emptyDocument, type WorkflowDocument } from '#nodes/graph/document.ts'
import { boundsOf, intoSight, wholeLook, zooms } from './look.ts'

const room = { width: 1000, height: 600 }
const node = (key: string, more: Partial<DocumentNode> = {}): DocumentNode => ({
  ...{ key, type: 'data.set', version: 1, params: {}, position: { x: 0, y: 0 } },
  ...more,
})
const drawing = (nodes: DocumentNode[]): WorkflowDocument => ({ format: 1, nodes, edges: [] })

describe('the whole drawing', () => {
  it('covers its nodes, those in frames where they are', () => {
    const frame = node('each', {
      ...{ type: 'flow.each', position: { x: 100, y: 50 }, size: { width: 300, height: 200 } },
    })
    const inside = node('a', { parent: 'each', position: { x: 200, y: 180 } })
    expect(boundsOf(drawing([frame, inside]), findInfo)).toEqual({ x: 100, y: 50, width: 432, height: 240 })
    expect(boundsOf(emptyDocument, findInfo)).toBeNull()
  })
  it('is never shown larger than life', () => {
    const look = wholeLook({ x: 100, y: 100, width: 200, height: 100 }, room)
    expect(look).toEqual({ x: 300, y: 150, zoom: 1 })
  })
  it('is shown from edge to edge when it is large', () => {
    const bounds = { x: -500, y: 0, width: 9_040, height: 60 }
    const { x, zoom } = wholeLook(bounds, room)
    expect(bounds.x * zoom + x).toBeCloseTo(48)
    expect((bounds.x + bounds.width) * zoom + x).toBeCloseTo(952)
  })
  it('stays drawable however large it is', () => {
    expect(wholeLook({ x: 0, y: 0, width: 2_000_000, height: 60 }, room).zoom).toBe(zooms.least)
  })
  it('leaves an empty canvas at its natural size', () => {
    expect(wholeLook(null, room).zoom).toBe(1)
  })
})

describe('a node in sight', () => {
  const card = { width: 232, height: 60 }
  it('stays where it is, even over the very edge', () => {
    expect(intoSight({ x: 0, y: 540, ...card }, room)).toEqual({ x: 0, y: 0 })
    expect(intoSight({ x: -40, y: -10, ...card }, room)).toEqual({ x: 0, y: 0 })
  })
  it('comes out from under what covers it', () => {
    expect(intoSight({ x: 900, y: 100, ...card }, room)).toEqual({ x: 1000 - 24 - 1132, y: 0 })
    expect(intoSight({ x: -110, y: -20, ...card }, room)).toEqual({ x: 134, y: 44 })
  })
  it('is let be when it is larger than the room and one is inside it', () => {
    expect(intoSight({ x: -200, y: 10, width: 3000, height: 60 }, room)).toEqual({ x: 0, y: 0 })
    expect(intoSight({ x: 1200, y: 10, width: 3000, height: 60 }, room)).toEqual({ x: 24 - 1200, y: 0 })
  })
})

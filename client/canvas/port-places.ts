import { type NodeHandle, Position } from '@xyflow/react'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { UNDO_PORT } from '#nodes/graph/scopes.ts'
import { sectionBands } from './asides.ts'
import { canFail, canUndo, measures, sizeOf, takesTools, waysInside, waysOut } from './measures.ts'
import { type Drawing, isTool } from './tools.ts'

/** The dot's size, and how far inside a card's edge (its border) its middle lies. */
const DOT = 10
const BORDER = 1
/** From the card's inner left edge to the middle of the port of failure; from its right edge to that of undoing. */
const ERROR_LEFT = 24
const UNDO_RIGHT = 24

export const inPort = { top: (height: number) => height / 2 - BORDER }

export const outPort = {
  top: (height: number, about: { index: number; of: number }) =>
    height / 2 - BORDER + (about.index - (about.of - 1) / 2) * measures.portRow,
}

/** How far down a frame its ways to its own parts are: beside the steps they lead to, or waiting near its bottom. */
export function innerPorts(node: DocumentNode, drawing: Drawing): { id: string; top: number }[] {
  const ports = waysInside(node, drawing.find)
  if (ports.length === 0) return []
  const { height } = sizeOf(node, drawing)
  const bands = sectionBands({ ...drawing, key: node.key }, (one) => sizeOf(one, drawing).height)
  return ports.map((id, index) => {
    const band = bands.find(({ section }) => section === id)
    const free = height - 36 - (ports.length - 1 - index) * 40
    return { id, top: Math.round(band ? (band.top + band.bottom) / 2 : free) - BORDER }
  })
}

/** Where a node's ports are on it: known before it is drawn, so that only what is seen must be. */
export function portPlaces(node: DocumentNode, drawing: Drawing): NodeHandle[] {
  const { find } = drawing
  const { width, height } = sizeOf(node, drawing)
  const tool = isTool(drawing.document, node.key)
  const ports = tool ? [] : waysOut(node, find)
  const isTrigger = find(node.type, node.version)?.role === 'trigger'
  const dot = (x: number, y: number) => ({ x: x - DOT / 2, y: y - DOT / 2, width: DOT, height: DOT })
  return [
    ...(tool
      ? [{ id: 'in', type: 'target' as const, position: Position.Top, ...dot(width / 2, BORDER) }]
      : []),
    ...(isTrigger || tool
      ? []
      : [
          {
            id: 'in',
            type: 'target' as const,
            position: Position.Left,
            ...dot(BORDER, BORDER + inPort.top(height)),
          },
        ]),
    ...ports.map((id, index) => ({
      id,
      type: 'source' as const,
      position: Position.Right,
      ...dot(width - BORDER, BORDER + outPort.top(height, { index, of: ports.length })),
    })),
    ...innerPorts(node, drawing).map(({ id, top }) => ({
      id,
      type: 'source' as const,
      position: Position.Left,
      ...dot(BORDER, BORDER + top),
    })),
    ...(takesTools(node, find)
      ? [
          {
            id: TOOLS_PORT,
            type: 'source' as const,
            position: Position.Bottom,
            ...dot(width / 2, height - BORDER),
          },
        ]
      : []),
    ...(canFail(node, find) && !tool
      ? [
          {
            id: 'error',
            type: 'source' as const,
            position: Position.Bottom,
            ...dot(BORDER + ERROR_LEFT, height - BORDER),
          },
        ]
      : []),
    ...(canUndo(node, find) && !tool
      ? [
          {
            id: UNDO_PORT,
            type: 'source' as const,
            position: Position.Bottom,
            ...dot(width - BORDER - UNDO_RIGHT, height - BORDER),
          },
        ]
      : []),
  ]
}

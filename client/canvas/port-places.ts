import { type NodeHandle, Position } from '@xyflow/react'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { canFail, measures, sizeOf, waysOut } from './measures.ts'

/** The dot's size, and how far inside a card's edge (its border) its middle lies. */
const DOT = 10
const BORDER = 1
/** From the card's inner left edge to the middle of the port of failure. */
const ERROR_LEFT = 24

export const inPort = { top: (height: number) => height / 2 - BORDER }

export const outPort = {
  top: (height: number, about: { index: number; of: number }) =>
    height / 2 - BORDER + (about.index - (about.of - 1) / 2) * measures.portRow,
}

/** Where a node's ports are on it: known before it is drawn, so that only what is seen must be. */
export function portPlaces(node: DocumentNode, find: FindNode): NodeHandle[] {
  const { width, height } = sizeOf(node, find)
  const ports = waysOut(node, find)
  const isTrigger = find(node.type, node.version)?.role === 'trigger'
  const dot = (x: number, y: number) => ({ x: x - DOT / 2, y: y - DOT / 2, width: DOT, height: DOT })
  return [
    ...(isTrigger
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
    ...(canFail(node, find)
      ? [
          {
            id: 'error',
            type: 'source' as const,
            position: Position.Bottom,
            ...dot(BORDER + ERROR_LEFT, height - BORDER),
          },
        ]
      : []),
  ]
}

import type { DocumentNode } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { hasErrorPort, portsOf } from '#nodes/graph/ports.ts'

/** The canvas's fixed sizes, in pixels (look.md). */
export const measures = {
  card: { width: 232, height: 60 },
  portRow: 24,
  frame: { width: 560, height: 220, header: 44, padding: 28 },
  gap: { x: 112, y: 40 },
  snap: 4,
} as const

export interface Size {
  width: number
  height: number
}

/** The ways out of a node but for `error`; an unknown node has one. */
export function waysOut(node: DocumentNode, find: FindNode): string[] {
  const info = find(node.type, node.version)
  return info ? portsOf(node, info) : ['out']
}

export function canFail(node: DocumentNode, find: FindNode): boolean {
  const info = find(node.type, node.version)
  return info !== undefined && hasErrorPort(info)
}

export function isFrame(node: DocumentNode, find: FindNode): boolean {
  return find(node.type, node.version)?.role === 'frame'
}

/** How large a node is drawn; a card with many ways out is taller. */
export function sizeOf(node: DocumentNode, find: FindNode): Size {
  if (isFrame(node, find)) return node.size ?? { width: measures.frame.width, height: measures.frame.height }
  const rows = waysOut(node, find).length * measures.portRow + 12
  return { width: measures.card.width, height: Math.max(measures.card.height, rows) }
}

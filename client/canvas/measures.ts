import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { hasErrorPort, hasToolsPort, hasUndoPort, innerPorts, portsOf } from '#nodes/graph/ports.ts'
import { isTool } from './tools.ts'

/** The canvas's fixed sizes, in pixels (look.md). */
export const measures = {
  card: { width: 232, height: 60 },
  /** A tool under its agent: how far below, and how far from the next. */
  tool: { width: 184, height: 48, drop: 52, gap: 16 },
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

export function canUndo(node: DocumentNode, find: FindNode): boolean {
  const info = find(node.type, node.version)
  return info !== undefined && hasUndoPort(info)
}

/** The ways from a frame to what is inside it. */
export function waysInside(node: DocumentNode, find: FindNode): readonly string[] {
  const info = find(node.type, node.version)
  return info ? innerPorts(info) : []
}

/** Whether tools can be lent to it. */
export function takesTools(node: DocumentNode, find: FindNode): boolean {
  const info = find(node.type, node.version)
  return info !== undefined && hasToolsPort(info)
}

export function isFrame(node: DocumentNode, find: FindNode): boolean {
  return find(node.type, node.version)?.role === 'frame'
}

/** How large a node is drawn; a card with many ways out is taller, a tool smaller. */
export function sizeOf(node: DocumentNode, about: { document: WorkflowDocument; find: FindNode }): Size {
  const { find } = about
  if (isTool(about.document, node.key)) return { width: measures.tool.width, height: measures.tool.height }
  if (isFrame(node, find)) return node.size ?? { width: measures.frame.width, height: measures.frame.height }
  const rows = waysOut(node, find).length * measures.portRow + 12
  return { width: measures.card.width, height: Math.max(measures.card.height, rows) }
}

import type { DocumentNode } from '#nodes/graph/document.ts'

/** The canvas's fixed sizes, in pixels (look.md). */
export const measures = {
  card: { width: 232, height: 60 },
  portRow: 24,
  frame: { width: 560, height: 220, header: 44, padding: 28 },
  gap: { x: 88, y: 36 },
  snap: 4,
} as const

/** How large a node is drawn; a card with many ways out is taller. */
export function sizeOf(
  node: DocumentNode,
  about: { frame: boolean; ports: number },
): { width: number; height: number } {
  if (about.frame) return node.size ?? { width: measures.frame.width, height: measures.frame.height }
  const rows = about.ports * measures.portRow + 12
  return { width: measures.card.width, height: Math.max(measures.card.height, rows) }
}

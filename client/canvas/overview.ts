import type { WorkflowDocument } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { type Box, boundsOf } from './look.ts'
import { isFrame, sizeOf } from './measures.ts'
import { absolutePlaces } from './places.ts'

/** Smaller drawings are seen whole anyway. */
export const LARGE = 25

/** Around the drawing, so that what is seen of it shows at its border too. */
const MARGIN = 120

/** A drawing in small: two outlines, however many nodes it has. */
export interface Overview {
  box: Box
  frames: string
  cards: string
}

/** Null for a drawing that needs none. */
export function overviewOf(document: WorkflowDocument, find: FindNode): Overview | null {
  const bounds = document.nodes.length < LARGE ? null : boundsOf(document, find)
  if (!bounds) return null
  const places = absolutePlaces(document)
  const outlines = { frames: '', cards: '' }
  for (const node of document.nodes) {
    const at = places.get(node.key)
    if (!at) continue
    const { width, height } = sizeOf(node, { document, find })
    outlines[isFrame(node, find) ? 'frames' : 'cards'] += `M${at.x} ${at.y}h${width}v${height}h${-width}z`
  }
  const box = {
    x: bounds.x - MARGIN,
    y: bounds.y - MARGIN,
    width: bounds.width + 2 * MARGIN,
    height: bounds.height + 2 * MARGIN,
  }
  return { box, ...outlines }
}

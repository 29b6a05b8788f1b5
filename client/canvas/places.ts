import type { DocumentNode, NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import type { Point } from './document.ts'

/** Where each node is on the whole canvas; its own position is relative to its frame. */
export function absolutePlaces(document: WorkflowDocument): Map<NodeKey, Point> {
  const byKey = new Map(document.nodes.map((node) => [node.key, node]))
  const places = new Map<NodeKey, Point>()
  const placeOf = (node: DocumentNode, depth: number): Point => {
    const known = places.get(node.key)
    if (known) return known
    const frame = node.parent === undefined || depth > 50 ? undefined : byKey.get(node.parent)
    const base = frame ? placeOf(frame, depth + 1) : { x: 0, y: 0 }
    const place = { x: base.x + node.position.x, y: base.y + node.position.y }
    places.set(node.key, place)
    return place
  }
  for (const node of document.nodes) placeOf(node, 0)
  return places
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The node one would go to from here by an arrow key; the first of all when nothing is chosen yet. */
export function neighbour(
  document: WorkflowDocument,
  about: { from: NodeKey | null; direction: Direction },
): NodeKey | null {
  const places = absolutePlaces(document)
  const here = about.from === null ? undefined : places.get(about.from)
  const ranked = [...places]
    .filter(([key]) => key !== about.from)
    .map(([key, at]) => ({
      key,
      score: here ? distance(here, { at, direction: about.direction }) : at.x + at.y,
    }))
    .filter(({ score }) => Number.isFinite(score))
    .sort((left, right) => left.score - right.score)
  return ranked[0]?.key ?? null
}

/** How far along the direction, with a step aside costing double; infinite when it lies behind. */
function distance(here: Point, about: { at: Point; direction: Direction }): number {
  const dx = about.at.x - here.x
  const dy = about.at.y - here.y
  const sideways = about.direction === 'left' || about.direction === 'right'
  const backwards = about.direction === 'left' || about.direction === 'up'
  const along = (sideways ? dx : dy) * (backwards ? -1 : 1)
  return along <= 0 ? Number.POSITIVE_INFINITY : along + 2 * Math.abs(sideways ? dy : dx)
}

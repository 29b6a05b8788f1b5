import type { WorkflowDocument } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import type { Point } from './document.ts'
import { type Size, sizeOf } from './measures.ts'
import { absolutePlaces } from './places.ts'

/** How the drawing lies under the canvas. */
export interface Look {
  x: number
  y: number
  zoom: number
}

export interface Box extends Point, Size {}

export const zooms = { least: 0.04, most: 2 } as const

/** Below this zoom what a card says cannot be read, and is not drawn. */
export const LEGIBLE = 0.4

/** Keeps clear of the buttons at the edges of the canvas. */
const MARGIN = 48

/** What all nodes cover together, or null when there are none. */
export function boundsOf(document: WorkflowDocument, find: FindNode): Box | null {
  const places = absolutePlaces(document)
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const node of document.nodes) {
    const at = places.get(node.key)
    if (!at) continue
    const { width, height } = sizeOf(node, { document, find })
    left = Math.min(left, at.x)
    top = Math.min(top, at.y)
    right = Math.max(right, at.x + width)
    bottom = Math.max(bottom, at.y + height)
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top }
}

/** Shows all of it in the middle, never larger than life; an empty canvas has its first node at the left. */
export function wholeLook(bounds: Box | null, room: Size): Look {
  if (!bounds) return { x: 2 * MARGIN, y: Math.round(room.height / 3), zoom: 1 }
  const inner = { width: Math.max(room.width - 2 * MARGIN, 1), height: Math.max(room.height - 2 * MARGIN, 1) }
  const fitting = Math.min(inner.width / bounds.width, inner.height / bounds.height, 1)
  const zoom = Math.max(fitting, zooms.least)
  return {
    x: room.width / 2 - (bounds.x + bounds.width / 2) * zoom,
    y: room.height / 2 - (bounds.y + bounds.height / 2) * zoom,
    zoom,
  }
}

const CLEAR = 24

/** Of a card as much as this may be cut off: its icon or its name is still there, and what was dropped stays put. */
const CUT = 1 / 4

/** How far a box must move to be seen in a room; not at all while most of it is, or while one is in the middle of it. */
export function intoSight(box: Box, room: Size): Point {
  return {
    x: into({ from: box.x, to: box.x + box.width }, room.width),
    y: into({ from: box.y, to: box.y + box.height }, room.height),
  }
}

function into({ from, to }: { from: number; to: number }, room: number): number {
  const fits = to - from + 2 * CLEAR <= room
  const cut = Math.max(0, -from) + Math.max(0, to - room)
  if (fits && cut <= (to - from) * CUT) return 0
  if (fits) return from < 0 ? CLEAR - from : room - CLEAR - to
  // What is larger than the room is shown from its beginning, once it is out of sight.
  return from > room - CLEAR || to < CLEAR ? CLEAR - from : 0
}

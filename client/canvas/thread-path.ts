import { getSmoothStepPath, Position } from '@xyflow/react'
import { bend } from './bend.ts'
import type { Point } from './document.ts'

/** The way of a thread at right angles, softly rounded, and the middle of it. */
export function threadPath(thread: { from: Point; to: Point; port: string | null | undefined }) {
  const { from, to, port } = thread
  const [path, x, y] = getSmoothStepPath({
    sourceX: from.x,
    sourceY: from.y,
    targetX: to.x,
    targetY: to.y,
    sourcePosition: port === 'error' ? Position.Bottom : Position.Right,
    targetPosition: Position.Left,
    borderRadius: 10,
    offset: 24,
    // Bending near its end leaves a thread's beginning to the name of the way out.
    ...(port === 'error' ? {} : bend(from.x, to.x)),
  })
  return { path, middle: { x, y } }
}

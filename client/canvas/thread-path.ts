import { getSmoothStepPath, Position } from '@xyflow/react'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { UNDO_PORT } from '#nodes/graph/scopes.ts'
import { bend } from './bend.ts'
import type { Point } from './document.ts'

/** The way of a thread at right angles, softly rounded, and the middle of it. */
export function threadPath(thread: { from: Point; to: Point; port: string | null | undefined }) {
  const { from, to, port } = thread
  const leavesBelow = port === 'error' || port === UNDO_PORT || port === TOOLS_PORT
  const [path, x, y] = getSmoothStepPath({
    sourceX: from.x,
    sourceY: from.y,
    targetX: to.x,
    targetY: to.y,
    sourcePosition: leavesBelow ? Position.Bottom : Position.Right,
    targetPosition: port === TOOLS_PORT ? Position.Top : Position.Left,
    borderRadius: 10,
    offset: port === TOOLS_PORT ? 12 : 24,
    // Bending near its end leaves a thread's beginning to the name of the way out.
    ...(leavesBelow ? {} : bend(from.x, to.x)),
  })
  return { path, middle: { x, y } }
}

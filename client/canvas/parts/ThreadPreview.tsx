import { type ConnectionLineComponentProps, getSmoothStepPath, Position } from '@xyflow/react'
import { bend } from '../bend.ts'

/** The thread while it is being drawn. */
export function ThreadPreview(props: ConnectionLineComponentProps) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, connectionStatus } = props
  const [path] = getSmoothStepPath({
    sourceX: fromX,
    sourceY: fromY,
    targetX: toX,
    targetY: toY,
    sourcePosition: fromPosition,
    targetPosition: toPosition,
    borderRadius: 10,
    offset: 24,
    ...(fromPosition === Position.Bottom ? {} : bend(fromX, toX)),
  })
  const stroke = connectionStatus === 'invalid' ? 'stroke-bad' : 'stroke-accent'
  return (
    <g className={stroke}>
      <path d={path} fill="none" strokeWidth={2} strokeDasharray="2 5" strokeLinecap="round" />
      <circle cx={toX} cy={toY} r={4} className="fill-surface" strokeWidth={2} />
    </g>
  )
}

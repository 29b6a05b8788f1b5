import { useStore } from '@xyflow/react'

const TILE = 48

/** The ground of the canvas: threads that cross over and under each other, barely there. */
export function Weave() {
  const [x, y, zoom] = useStore((state) => state.transform)
  const tile = TILE * zoom
  return (
    <svg aria-hidden className="absolute inset-0 h-full w-full text-line">
      <pattern id="weave" x={x % tile} y={y % tile} width={tile} height={tile} patternUnits="userSpaceOnUse">
        <g
          fill="none"
          stroke="currentColor"
          strokeLinecap="round"
          strokeWidth={Math.max(0.75, 1.1 * Math.min(zoom, 1.2))}
          transform={`scale(${zoom})`}
        >
          <path d="M7 12h10M12 7v2.6M12 14.4V17" vectorEffect="non-scaling-stroke" />
          <path d="M36 31v10M31 36h2.6M38.4 36H41" vectorEffect="non-scaling-stroke" />
        </g>
      </pattern>
      {zoom > 0.35 && <rect width="100%" height="100%" fill="url(#weave)" />}
    </svg>
  )
}

import { useStore } from '@xyflow/react'

const TILE = 48

/** The ground of the canvas: warp and weft by turns, as in plain cloth, barely there. */
export function Weave() {
  const [x, y, zoom] = useStore((state) => state.transform)
  const tile = TILE * zoom
  if (zoom < 0.4) return null
  return (
    <svg aria-hidden className="absolute inset-0 h-full w-full text-edge/22 dark:text-edge/25">
      <pattern id="weave" x={x % tile} y={y % tile} width={tile} height={tile} patternUnits="userSpaceOnUse">
        <path
          d="M8 12h8M32 36h8M36 8v8M12 32v8"
          fill="none"
          stroke="currentColor"
          strokeLinecap="round"
          strokeWidth={1.1}
          transform={`scale(${zoom})`}
        />
      </pattern>
      <rect width="100%" height="100%" fill="url(#weave)" />
    </svg>
  )
}

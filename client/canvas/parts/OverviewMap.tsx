import { useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, useMemo, useRef } from 'react'
import { useT } from '../../lib/use-t.ts'
import type { Box } from '../look.ts'
import { overviewOf } from '../overview.ts'
import { useEditor } from '../store.ts'

/** A large drawing in small, and what of it is seen; pressed or dragged on, it goes there. */
export function OverviewMap() {
  const open = useEditor((state) => state.overview)
  const document = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  const overview = useMemo(() => (open ? overviewOf(document, find) : null), [open, document, find])
  if (!overview) return null
  const { box, frames, cards } = overview
  return (
    <Ground box={box}>
      <path d={frames} className="fill-edge/20" />
      <path d={cards} className="fill-edge/60" />
    </Ground>
  )
}

function Ground({ box, children }: { box: Box; children: React.ReactNode }) {
  const t = useT('editor')
  const flow = useReactFlow()
  const svg = useRef<SVGSVGElement>(null)
  const goTo = (event: PointerEvent) => {
    const into = svg.current?.getScreenCTM()?.inverse()
    if (!into) return
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(into)
    void flow.setCenter(x, y, { zoom: flow.getZoom() })
  }
  return (
    <div
      className="absolute right-3 bottom-6 z-10 h-32 w-48 cursor-pointer touch-none overflow-hidden rounded-md border border-line bg-surface/90"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        goTo(event)
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) goTo(event)
      }}
    >
      <svg
        ref={svg}
        role="img"
        aria-label={t('overview')}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        className="h-full w-full"
      >
        {children}
        <Seen />
      </svg>
    </div>
  )
}

/** What of the drawing is seen now. */
function Seen() {
  const [x, y, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  return (
    <rect
      x={-x / zoom}
      y={-y / zoom}
      width={width / zoom}
      height={height / zoom}
      vectorEffect="non-scaling-stroke"
      strokeWidth={1.5}
      className="fill-accent/10 stroke-accent"
    />
  )
}

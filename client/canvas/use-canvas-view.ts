import { useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { CanvasView } from './actions/action.ts'
import type { Point } from './document.ts'
import type { FlowEdge, FlowNode } from './flow.ts'

const MOVE_MS = 180
/** Below this, what a card says cannot be read. */
const LEGIBLE = 0.55
const FIRST_ZOOM = 0.8

interface View extends CanvasView {
  toDrawing: (at: Point) => Point
  /** Shows a drawing for the first time. */
  firstLook: () => void
  /** Brings a node into sight, no further than needed. */
  show: (key: string) => void
}

/** How the canvas is looked at, for actions. */
export function useCanvasView(): View {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  return useMemo(() => {
    const duration = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS)
    const pane = () => document.querySelector('[data-canvas]')?.getBoundingClientRect()
    const show = (key: string) => {
      const node = flow.getInternalNode(key)
      const box = pane()
      if (!node || !box) return
      const { x, y } = node.internals.positionAbsolute
      const from = flow.flowToScreenPosition({ x, y })
      const to = flow.flowToScreenPosition({
        x: x + (node.measured.width ?? 0),
        y: y + (node.measured.height ?? 0),
      })
      const by = {
        x: into({ from: from.x, to: to.x }, { from: box.left + 24, to: box.right - 24 }),
        y: into({ from: from.y, to: to.y }, { from: box.top + 32, to: box.bottom - 32 }),
      }
      if (by.x === 0 && by.y === 0) return
      const at = flow.getViewport()
      void flow.setViewport({ ...at, x: at.x + by.x, y: at.y + by.y }, { duration: duration() })
    }
    return {
      toDrawing: (at) => flow.screenToFlowPosition(at, { snapToGrid: false }),
      centre: () => {
        const box = pane()
        if (!box) return { x: 0, y: 0 }
        return flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
      },
      fit: () => void flow.fitView({ padding: 0.12, maxZoom: 1, duration: duration() }),
      firstLook: () => {
        const bounds = flow.getNodesBounds(flow.getNodes())
        const box = pane()
        if (!box || bounds.width === 0) return
        const fitting = Math.min((box.width * 0.88) / bounds.width, (box.height * 0.88) / bounds.height, 1)
        if (fitting >= LEGIBLE) return void flow.fitView({ padding: 0.12, maxZoom: 1 })
        // Too large to be read as a whole: it opens where it starts.
        const y = box.height / 2 - (bounds.y + bounds.height / 2) * FIRST_ZOOM
        const top = Math.max(y, 48 - bounds.y * FIRST_ZOOM)
        void flow.setViewport({
          x: 48 - bounds.x * FIRST_ZOOM,
          y: bounds.height * FIRST_ZOOM > box.height ? top : y,
          zoom: FIRST_ZOOM,
        })
      },
      zoom: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: duration() }),
      show: (key) => show(key),
      reveal: (key) => {
        show(key)
        const element = document.querySelector(`.react-flow__node[data-id="${CSS.escape(key)}"]`)
        if (element instanceof HTMLElement) element.focus({ preventScroll: true })
      },
    }
  }, [flow])
}

interface Stretch {
  from: number
  to: number
}

/** How far a stretch must move to lie inside another; its beginning counts more. */
function into(stretch: Stretch, room: Stretch): number {
  if (stretch.from < room.from) return room.from - stretch.from
  if (stretch.to <= room.to) return 0
  return Math.max(room.to - stretch.to, room.from - stretch.from)
}

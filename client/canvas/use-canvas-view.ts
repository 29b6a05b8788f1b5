import { useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { CanvasView } from './actions/action.ts'
import type { Point } from './document.ts'
import type { FlowEdge, FlowNode } from './flow.ts'

const MOVE_MS = 180

/** How the canvas is looked at, for actions. */
export function useCanvasView(): CanvasView & { toDrawing: (at: Point) => Point } {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  return useMemo(() => {
    const duration = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS)
    const pane = () => document.querySelector('[data-canvas]')?.getBoundingClientRect()
    return {
      toDrawing: (at) => flow.screenToFlowPosition(at, { snapToGrid: false }),
      centre: () => {
        const box = pane()
        if (!box) return { x: 0, y: 0 }
        return flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
      },
      fit: () => void flow.fitView({ padding: 0.16, maxZoom: 1, duration: duration() }),
      zoom: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: duration() }),
      reveal: (key) => {
        const node = flow.getInternalNode(key)
        const box = pane()
        if (!node || !box) return
        const { x, y } = node.internals.positionAbsolute
        const centre = { x: x + (node.measured.width ?? 0) / 2, y: y + (node.measured.height ?? 0) / 2 }
        const seen = flow.flowToScreenPosition(centre)
        const margin = 140
        const inside =
          seen.x > box.left + margin &&
          seen.x < box.right - margin &&
          seen.y > box.top + 60 &&
          seen.y < box.bottom - 60
        if (!inside) void flow.setCenter(centre.x, centre.y, { zoom: flow.getZoom(), duration: duration() })
        const element = document.querySelector(`.react-flow__node[data-id="${CSS.escape(key)}"]`)
        if (element instanceof HTMLElement) element.focus({ preventScroll: true })
      },
    }
  }, [flow])
}

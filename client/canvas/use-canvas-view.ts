import { useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { CanvasView } from './actions/action.ts'
import type { Point } from './document.ts'
import type { FlowEdge, FlowNode } from './flow.ts'
import { focusNode } from './focus-node.ts'
import { boundsOf, intoSight, wholeLook } from './look.ts'
import { sizeOf } from './measures.ts'
import { absolutePlaces } from './places.ts'
import { useEditorStore } from './store.ts'

const MOVE_MS = 180

interface View extends CanvasView {
  toDrawing: (at: Point) => Point
  /** Brings a node into sight, no further than needed. */
  show: (key: string) => void
}

/** How the canvas is looked at, for actions. Asks the document where things are: not all of them are drawn. */
export function useCanvasView(): View {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const store = useEditorStore()
  return useMemo(() => {
    const duration = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS)
    const pane = () => document.querySelector('[data-canvas]')?.getBoundingClientRect()
    const show = (key: string) => {
      const { document: drawing, find } = store.getState()
      const node = drawing.nodes.find((each) => each.key === key)
      const place = absolutePlaces(drawing).get(key)
      const room = pane()
      if (!node || !place || !room) return
      const at = flow.getViewport()
      const { width, height } = sizeOf(node, { document: drawing, find })
      const by = intoSight(
        {
          x: place.x * at.zoom + at.x,
          y: place.y * at.zoom + at.y,
          width: width * at.zoom,
          height: height * at.zoom,
        },
        room,
      )
      if (by.x === 0 && by.y === 0) return
      void flow.setViewport({ ...at, x: at.x + by.x, y: at.y + by.y }, { duration: duration() })
    }
    return {
      toDrawing: (at) => flow.screenToFlowPosition(at, { snapToGrid: false }),
      centre: () => {
        const box = pane()
        if (!box) return { x: 0, y: 0 }
        return flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
      },
      // Not React Flow's own: asked on an empty canvas, that one waits, and jumps when the first node is dropped.
      fit: () => {
        const { document: drawing, find } = store.getState()
        const room = pane()
        if (!room) return
        void flow.setViewport(wholeLook(boundsOf(drawing, find), room), { duration: duration() })
      },
      zoom: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: duration() }),
      show,
      reveal: (key) => {
        show(key)
        focusNode(key)
      },
    }
  }, [flow, store])
}

import type { ReactFlowProps } from '@xyflow/react'
import { useMemo } from 'react'
import { chooseNode } from './choose-node.ts'
import type { Point } from './document.ts'
import type { FlowEdge, FlowNode } from './flow.ts'
import { measures } from './measures.ts'
import { NODE_DRAG } from './parts/NodeList.tsx'
import { useEditorStore } from './store.ts'
import { openPanel, select, selectEdge } from './verbs.ts'

type Pointing = Pick<
  ReactFlowProps<FlowNode, FlowEdge>,
  | 'onNodeClick'
  | 'onPaneClick'
  | 'onEdgeClick'
  | 'onEdgeMouseEnter'
  | 'onEdgeMouseLeave'
  | 'onNodeContextMenu'
  | 'onPaneContextMenu'
  | 'onDragOver'
  | 'onDrop'
>

interface About {
  view: { toDrawing: (at: Point) => Point }
  /** Where the menu of a right click opens. */
  onMenu: (at: Point) => void
}

/** What clicks and drops on the canvas do. The same functions for its life: a new one would draw every card again. */
export function usePointing({ view, onMenu }: About): Pointing {
  const store = useEditorStore()
  return useMemo<Pointing>(
    () => ({
      onNodeClick: (event, node) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) return
        const { panel, readonly } = store.getState()
        openPanel(store, node.id, panel ?? (readonly ? 'output' : 'parameters'))
      },
      onPaneClick: () => {
        select(store, [])
        selectEdge(store, null)
        store.setState({ panel: null })
      },
      onEdgeClick: (_, edge) => selectEdge(store, edge.id),
      onEdgeMouseEnter: (_, edge) => store.setState({ hoveredEdge: edge.id }),
      onEdgeMouseLeave: () => store.setState({ hoveredEdge: null }),
      onNodeContextMenu: (event, node) => {
        event.preventDefault()
        if (!store.getState().selected.has(node.id)) select(store, [node.id])
        onMenu({ x: event.clientX, y: event.clientY })
      },
      onPaneContextMenu: (event) => {
        event.preventDefault()
        onMenu({ x: event.clientX, y: event.clientY })
      },
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes(NODE_DRAG) || store.getState().readonly) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      },
      onDrop: (event) => {
        const [id, version] = event.dataTransfer.getData(NODE_DRAG).split('@')
        const info = store.getState().infos.find((each) => each.id === id && String(each.version) === version)
        if (!info) return
        event.preventDefault()
        const at = view.toDrawing({ x: event.clientX, y: event.clientY })
        const { width, height } = measures.card
        chooseNode(store, {
          info,
          at: { x: Math.round(at.x - width / 2), y: Math.round(at.y - height / 2) },
        })
      },
    }),
    [store, view, onMenu],
  )
}

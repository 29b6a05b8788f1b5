import type { ReactFlowProps } from '@xyflow/react'
import { useMemo } from 'react'
import type { NodeKey } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { canBeTool } from '#nodes/graph/tools.ts'
import { chooseNode } from './choose-node.ts'
import type { Point } from './document.ts'
import type { FlowEdge, FlowNode } from './flow.ts'
import { measures, sizeOf, takesTools } from './measures.ts'
import { NODE_DRAG } from './parts/NodeList.tsx'
import { absolutePlaces } from './places.ts'
import { type EditorStore, useEditorStore } from './store.ts'
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
  | 'onDragLeave'
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
        const dropAgent = agentUnder(store, view.toDrawing({ x: event.clientX, y: event.clientY }))
        if (dropAgent !== store.getState().dropAgent) store.setState({ dropAgent })
      },
      onDragLeave: () => {
        if (store.getState().dropAgent !== null) store.setState({ dropAgent: null })
      },
      onDrop: (event) => {
        const [id, version] = event.dataTransfer.getData(NODE_DRAG).split('@')
        const info = store.getState().infos.find((each) => each.id === id && String(each.version) === version)
        if (!info) return
        event.preventDefault()
        const at = view.toDrawing({ x: event.clientX, y: event.clientY })
        const agent = canBeTool(info) ? agentUnder(store, at) : null
        store.setState({ dropAgent: null })
        if (agent !== null) {
          chooseNode(store, { info, target: { from: { key: agent, port: TOOLS_PORT } } })
          return
        }
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

/** How far under an agent's card something may be let go and still be meant for its tools port. */
const REACH = 40

/** The agent whose card, or the port under it, is at a place of the drawing. */
function agentUnder(store: EditorStore, at: Point): NodeKey | null {
  const drawing = store.getState()
  const agents = drawing.document.nodes.filter((node) => takesTools(node, drawing.find))
  if (agents.length === 0) return null
  const places = absolutePlaces(drawing.document)
  const under = agents.find((node) => {
    const place = places.get(node.key)
    if (!place) return false
    const { width, height } = sizeOf(node, drawing)
    const across = at.x - place.x
    const down = at.y - place.y
    return across >= 0 && across <= width && down >= 0 && down <= height + REACH
  })
  return under?.key ?? null
}

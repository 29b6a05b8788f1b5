import '@xyflow/react/dist/base.css'
import {
  type Connection,
  type FinalConnectionState,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useNodesInitialized,
} from '@xyflow/react'
import { type DragEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useT } from '../lib/use-t.ts'
import type { Editor } from './actions/action.ts'
import { chooseNode } from './choose-node.ts'
import type { Point } from './document.ts'
import { dropEdit, frameAt, growFrames } from './drop.ts'
import type { FlowEdge, FlowNode } from './flow.ts'
import { measures, sizeOf } from './measures.ts'
import { ContextMenu } from './parts/ContextMenu.tsx'
import { EdgeLine } from './parts/EdgeLine.tsx'
import { FrameNode } from './parts/FrameNode.tsx'
import { NodeCard } from './parts/NodeCard.tsx'
import { NODE_DRAG } from './parts/NodeList.tsx'
import { PaletteDialog } from './parts/PaletteDialog.tsx'
import { ShortcutList } from './parts/ShortcutList.tsx'
import { ThreadPreview } from './parts/ThreadPreview.tsx'
import { Toolbar } from './parts/Toolbar.tsx'
import { Weave } from './parts/Weave.tsx'
import { absolutePlaces } from './places.ts'
import { refuseConnection } from './refusals.ts'
import { useEditor, useEditorStore } from './store.ts'
import { useCanvasView } from './use-canvas-view.ts'
import { useFlow } from './use-flow.ts'
import { useRefusalToast } from './use-refusal-toast.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { chosenKey, edit, openPanel, select, selectEdge } from './verbs.ts'

const nodeTypes = { card: NodeCard, frame: FrameNode }
const edgeTypes = { thread: EdgeLine }

export interface CanvasProps {
  save?: () => void
  /** What an empty canvas says. */
  children?: ReactNode
}

/** The drawing, to be looked at and changed. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  )
}

function Drawing({ save, children }: CanvasProps) {
  const t = useT('editor')
  const store = useEditorStore()
  const view = useCanvasView()
  const readonly = useEditor((state) => state.readonly)
  const isEmpty = useEditor((state) => state.document.nodes.length === 0)
  const [menu, setMenu] = useState<Point | null>(null)
  const flow = useFlow()
  const editor = useMemo<Editor>(() => ({ store, view, save }), [store, view, save])
  const dragging = useDragging()
  const connecting = useConnecting(view.toDrawing)
  useShortcuts(editor)
  useFirstLook(view.firstLook)
  useKeepInSight(view.show)
  useFitOnRequest(view.fit)
  useRefusalToast()

  const onDrop = useCallback(
    (event: DragEvent) => {
      const [id, version] = event.dataTransfer.getData(NODE_DRAG).split('@')
      const info = store.getState().infos.find((each) => each.id === id && String(each.version) === version)
      if (!info) return
      event.preventDefault()
      const at = view.toDrawing({ x: event.clientX, y: event.clientY })
      const { width, height } = measures.card
      chooseNode(store, { info, at: { x: Math.round(at.x - width / 2), y: Math.round(at.y - height / 2) } })
    },
    [store, view],
  )

  return (
    <div className="relative h-full min-h-0 w-full overflow-hidden bg-paper" data-canvas>
      <ReactFlow<FlowNode, FlowEdge>
        nodes={flow.nodes}
        edges={flow.edges}
        onNodesChange={flow.onNodesChange}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        connectionLineComponent={ThreadPreview}
        {...dragging}
        {...connecting}
        onNodeClick={(event, node) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey) return
          openPanel(store, node.id, store.getState().panel ?? (readonly ? 'output' : 'parameters'))
        }}
        onPaneClick={() => {
          select(store, [])
          selectEdge(store, null)
          store.setState({ panel: null })
        }}
        onEdgeClick={(_, edge) => selectEdge(store, edge.id)}
        onEdgeMouseEnter={(_, edge) => store.setState({ hoveredEdge: edge.id })}
        onEdgeMouseLeave={() => store.setState({ hoveredEdge: null })}
        onNodeContextMenu={(event, node) => {
          event.preventDefault()
          if (!store.getState().selected.has(node.id)) select(store, [node.id])
          setMenu({ x: event.clientX, y: event.clientY })
        }}
        onPaneContextMenu={(event) => {
          event.preventDefault()
          setMenu({ x: event.clientX, y: event.clientY })
        }}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(NODE_DRAG) || readonly) return
          event.preventDefault()
          event.dataTransfer.dropEffect = 'copy'
        }}
        onDrop={onDrop}
        nodesDraggable={!readonly}
        nodesConnectable={!readonly}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
        selectionMode={SelectionMode.Partial}
        snapToGrid
        snapGrid={[measures.snap, measures.snap]}
        connectionRadius={28}
        panOnScroll
        zoomOnDoubleClick={false}
        minZoom={0.1}
        maxZoom={2}
        onlyRenderVisibleElements={flow.nodes.length > 150}
        aria-label={t('canvas')}
        className="[--xy-attribution-background-color:transparent] [&_.react-flow__attribution_a]:text-faint!"
      >
        <Weave />
      </ReactFlow>
      {isEmpty && <div className="pointer-events-none absolute inset-0 flex items-center">{children}</div>}
      <Toolbar editor={editor} />
      <ContextMenu editor={editor} at={menu} onClose={() => setMenu(null)} />
      {!readonly && <PaletteDialog />}
      <ShortcutList />
    </div>
  )
}

/** Shows the whole drawing once it is measured. */
function useFirstLook(look: () => void): void {
  const measured = useNodesInitialized()
  const looked = useRef(false)
  useEffect(() => {
    if (!measured || looked.current) return
    looked.current = true
    look()
  }, [measured, look])
}

/** Shows everything when something outside the canvas asks for it. */
function useFitOnRequest(fit: () => void): void {
  const requests = useEditor((state) => state.fitRequests)
  useEffect(() => {
    if (requests === 0) return
    const timer = setTimeout(fit, 60)
    return () => clearTimeout(timer)
  }, [requests, fit])
}

/** A panel that opens must not cover the node it is about. */
function useKeepInSight(show: (key: string) => void): void {
  const key = useEditor(chosenKey)
  const isOpen = useEditor((state) => state.panel !== null)
  useEffect(() => {
    if (key === null || !isOpen) return
    // The canvas has its new width after the next layout.
    const timer = setTimeout(() => show(key), 30)
    return () => clearTimeout(timer)
  }, [key, isOpen, show])
}

/** A thread is drawn from a port to another; let go in the open, it asks what comes next. */
function useConnecting(toDrawing: (at: Point) => Point) {
  const store = useEditorStore()
  return useMemo(
    () => ({
      isValidConnection: (connection: Connection | FlowEdge) => {
        const { document, find } = store.getState()
        const edge = {
          from: connection.source,
          port: connection.sourceHandle ?? 'out',
          to: connection.target,
        }
        return refuseConnection({ document, find }, edge) === null
      },
      onConnect: ({ source, sourceHandle, target }: Connection) => {
        edit(store, { type: 'connect', edge: { from: source, port: sourceHandle ?? 'out', to: target } })
      },
      onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
        if (state.isValid || !state.fromNode || state.fromHandle?.type !== 'source') return
        const { document, find } = store.getState()
        const from = { key: state.fromNode.id, port: state.fromHandle.id ?? 'out' }
        if (state.toNode) {
          const refusal = refuseConnection(
            { document, find },
            { from: from.key, port: from.port, to: state.toNode.id },
          )
          if (refusal)
            store.setState((now) => ({ refusal: { code: refusal, count: (now.refusal?.count ?? 0) + 1 } }))
          return
        }
        const point = 'changedTouches' in event ? event.changedTouches[0] : event
        if (!point) return
        const at = toDrawing({ x: point.clientX, y: point.clientY })
        const place = { x: Math.round(at.x), y: Math.round(at.y - measures.card.height / 2) }
        store.setState({ palette: { from, at: place } })
      },
    }),
    [store, toDrawing],
  )
}

/** Nodes that were dragged are put down as one edit; a frame under them lights up before. */
function useDragging() {
  const store = useEditorStore()
  return useMemo(
    () => ({
      onNodeDrag: (_: unknown, node: FlowNode) => {
        const { document, find, dropFrame } = store.getState()
        const own = document.nodes.find((each) => each.key === node.id)
        if (!own) return
        const at = absoluteOf(document, { key: node.id, position: node.position, parent: own.parent })
        const { width, height } = sizeOf(own, find)
        const frame = frameAt(
          { document, find },
          { key: node.id, at: { x: at.x + width / 2, y: at.y + height / 2 } },
        )
        const next = frame === undefined || frame === own.parent ? null : frame
        if (next !== dropFrame) store.setState({ dropFrame: next })
      },
      onNodeDragStop: (_: unknown, _node: FlowNode, nodes: FlowNode[]) => {
        store.setState({ dropFrame: null })
        const { document, find } = store.getState()
        const moved = nodes.flatMap((node) => {
          const own = document.nodes.find((each) => each.key === node.id)
          if (!own || (own.position.x === node.position.x && own.position.y === node.position.y)) return []
          return [
            {
              key: node.id,
              at: absoluteOf(document, { key: node.id, position: node.position, parent: own.parent }),
            },
          ]
        })
        if (moved.length === 0) return
        edit(store, dropEdit({ document, find }, moved), 'move')
        const grow = growFrames(store.getState())
        if (grow.length > 0) edit(store, { type: 'all', edits: grow })
      },
    }),
    [store],
  )
}

function absoluteOf(
  document: Parameters<typeof absolutePlaces>[0],
  node: { key: string; position: Point; parent?: string },
): Point {
  const base = node.parent === undefined ? undefined : absolutePlaces(document).get(node.parent)
  return base ? { x: base.x + node.position.x, y: base.y + node.position.y } : node.position
}

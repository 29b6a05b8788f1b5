import '@xyflow/react/dist/base.css'
import {
  type Connection,
  type FinalConnectionState,
  ReactFlow,
  type ReactFlowProps,
  ReactFlowProvider,
  SelectionMode,
  useStore,
} from '@xyflow/react'
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { useT } from '../lib/use-t.ts'
import type { Editor } from './actions/action.ts'
import type { Point } from './document.ts'
import { dropEdit, frameAt, growFrames } from './drop.ts'
import type { FlowEdge, FlowNode } from './flow.ts'
import { boundsOf, LEGIBLE, type Look, wholeLook, zooms } from './look.ts'
import { measures, sizeOf } from './measures.ts'
import { useCardWords } from './node-words.ts'
import { ContextMenu } from './parts/ContextMenu.tsx'
import { DrawingContext } from './parts/drawing.ts'
import { EdgeLine } from './parts/EdgeLine.tsx'
import { FarThreads } from './parts/FarThreads.tsx'
import { FrameNode } from './parts/FrameNode.tsx'
import { NodeCard } from './parts/NodeCard.tsx'
import { OverviewMap } from './parts/OverviewMap.tsx'
import { PaletteDialog } from './parts/PaletteDialog.tsx'
import { ShortcutList } from './parts/ShortcutList.tsx'
import { ThreadPreview } from './parts/ThreadPreview.tsx'
import { Toolbar } from './parts/Toolbar.tsx'
import { ToolCard } from './parts/ToolCard.tsx'
import { Weave } from './parts/Weave.tsx'
import { absolutePlaces } from './places.ts'
import { refuseConnection } from './refusals.ts'
import { useEditor, useEditorStore } from './store.ts'
import { isTool, lendingIn } from './tools.ts'
import { useCanvasView } from './use-canvas-view.ts'
import { useFlow } from './use-flow.ts'
import { usePointing } from './use-pointing.ts'
import { useRefusalToast } from './use-refusal-toast.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { chosenKey, connect, edit } from './verbs.ts'

const nodeTypes = { card: NodeCard, frame: FrameNode, tool: ToolCard }
const edgeTypes = { thread: EdgeLine }

export interface CanvasProps {
  save?: () => void
  /** What an empty canvas says. */
  children?: ReactNode
}

/** The drawing, to be looked at and changed. It opens on all of what is drawn: sizes are known before they are measured. */
export function Canvas(props: CanvasProps) {
  const store = useEditorStore()
  const pane = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<{ width: number; height: number; look: Look } | null>(null)
  useLayoutEffect(() => {
    const box = pane.current?.getBoundingClientRect()
    const { document, find } = store.getState()
    if (box) setRoom({ width: box.width, height: box.height, look: wholeLook(boundsOf(document, find), box) })
  }, [store])
  return (
    <div ref={pane} className="relative h-full min-h-0 w-full overflow-hidden bg-paper" data-canvas>
      {room && (
        <ReactFlowProvider initialWidth={room.width} initialHeight={room.height}>
          <Ground {...props} look={room.look} />
        </ReactFlowProvider>
      )}
    </div>
  )
}

function Ground({ save, look, children }: CanvasProps & { look: Look }) {
  const t = useT('editor')
  const store = useEditorStore()
  const view = useCanvasView()
  const readonly = useEditor((state) => state.readonly)
  const isEmpty = useEditor((state) => state.document.nodes.length === 0)
  const [menu, setMenu] = useState<Point | null>(null)
  const flow = useFlow()
  const editor = useMemo<Editor>(() => ({ store, view, save }), [store, view, save])
  const pointing = usePointing({ view, onMenu: setMenu })
  const dragging = useDragging()
  const connecting = useConnecting(view.toDrawing)
  const words = useCardWords()
  const many = flow.nodes.length > MANY
  const far = useStore(({ transform: [, , zoom] }) => many && zoom < LEGIBLE)
  const drawing = useMemo(() => ({ far, words, t }), [far, words, t])
  useShortcuts(editor)
  useKeepInSight(view.show)
  useFitOnRequest(view.fit)
  useRefusalToast()

  return (
    <DrawingContext value={drawing}>
      <ReactFlow<FlowNode, FlowEdge>
        nodes={flow.nodes}
        edges={far ? noEdges : flow.edges}
        onNodesChange={flow.onNodesChange}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        connectionLineComponent={ThreadPreview}
        {...pointing}
        {...dragging}
        {...connecting}
        {...fixed}
        defaultViewport={look}
        nodesDraggable={!readonly}
        nodesConnectable={!readonly}
        onlyRenderVisibleElements={many}
        aria-label={t('canvas')}
      >
        <Weave />
        {far && <FarThreads nodes={flow.nodes} />}
      </ReactFlow>
      {isEmpty && <div className="pointer-events-none absolute inset-0 flex items-center">{children}</div>}
      <Toolbar editor={editor} />
      <OverviewMap />
      <ContextMenu editor={editor} at={menu} onClose={() => setMenu(null)} />
      {!readonly && <PaletteDialog />}
      <ShortcutList />
    </DrawingContext>
  )
}

const noEdges: FlowEdge[] = []

/** From here on only what is in sight is drawn, and from far away only in outline. */
const MANY = 80

/** React Flow draws every node again when one of its settings is a new object: these never are. */
const fixed: Partial<ReactFlowProps<FlowNode, FlowEdge>> = {
  edgesFocusable: false,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  multiSelectionKeyCode: ['Shift', 'Meta', 'Control'],
  selectionMode: SelectionMode.Partial,
  snapToGrid: true,
  snapGrid: [measures.snap, measures.snap],
  connectionRadius: 28,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  minZoom: zooms.least,
  maxZoom: zooms.most,
  className: '[--xy-attribution-background-color:transparent] [&_.react-flow__attribution_a]:text-faint!',
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
        connect(store, { from: source, port: sourceHandle ?? 'out', to: target })
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
        // A tool has its place in the row, wherever the thread was let go.
        store.setState({ palette: from.port === TOOLS_PORT ? { from } : { from, at: place } })
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
        if (isTool(document, node.id)) return
        const at = absoluteOf(document, node)
        const { width, height } = sizeOf(own, { document, find })
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
          const at = absoluteOf(document, node)
          const before = absolutePlaces(document).get(node.id)
          if (!own || (before?.x === at.x && before.y === at.y)) return []
          return [{ key: node.id, at }]
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

/** Where a node is on the whole canvas while it is dragged: React Flow knows it from its frame, or from its agent. */
function absoluteOf(document: WorkflowDocument, { id, position }: Pick<FlowNode, 'id' | 'position'>): Point {
  const holder = lendingIn(document).agentOf.get(id) ?? document.nodes.find((node) => node.key === id)?.parent
  const base = holder === undefined ? undefined : absolutePlaces(document).get(holder)
  return base ? { x: base.x + position.x, y: base.y + position.y } : position
}

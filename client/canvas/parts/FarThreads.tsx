import { ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import type { NodeKey } from '#nodes/graph/document.ts'
import type { Point } from '../document.ts'
import type { FlowNode } from '../flow.ts'
import { edgeId } from '../patch.ts'
import { useEditor } from '../store.ts'
import { threadPath } from '../thread-path.ts'
import { type ThreadLook, threadLook, threadStrokes } from './thread-look.ts'

/**
 * All threads from far away, as one drawing: hairs of the same width at any zoom, and nothing to grab. One element for
 * each would be most of the work when hundreds are in sight.
 */
export function FarThreads({ nodes }: { nodes: readonly FlowNode[] }) {
  const edges = useEditor((state) => state.document.edges)
  const overlay = useEditor((state) => state.run?.overlay)
  const selectedEdge = useEditor((state) => state.selectedEdge)
  const paths = useMemo(() => {
    const ends = portsOf(nodes)
    const byLook = new Map<ThreadLook, string[]>()
    for (const edge of edges) {
      const from = ends.get(`${edge.from}:${edge.port}`)
      const to = ends.get(`${edge.to}:in`)
      if (!from || !to) continue
      const id = edgeId(edge)
      const look = threadLook({
        port: edge.port,
        selected: id === selectedEdge,
        hasRun: overlay !== undefined,
        carried: overlay?.carried.has(id) ?? false,
      })
      byLook.set(look, [...(byLook.get(look) ?? []), threadPath({ from, to, port: edge.port }).path])
    }
    return [...byLook].map(([look, list]) => ({ look, path: list.join('') }))
  }, [nodes, edges, overlay, selectedEdge])
  return (
    <ViewportPortal>
      <svg aria-hidden className="pointer-events-none absolute -z-1 overflow-visible" width={1} height={1}>
        {paths.map(({ look, path }) => (
          <path
            key={look}
            d={path}
            fill="none"
            vectorEffect="non-scaling-stroke"
            strokeWidth={1}
            className={threadStrokes[look]}
          />
        ))}
      </svg>
    </ViewportPortal>
  )
}

/** Where every port is, also of nodes that are being dragged. A frame comes before what is in it. */
function portsOf(nodes: readonly FlowNode[]): Map<string, Point> {
  const places = new Map<NodeKey, Point>()
  const ports = new Map<string, Point>()
  for (const { id, position, parentId, handles = [] } of nodes) {
    const base = (parentId !== undefined && places.get(parentId)) || { x: 0, y: 0 }
    const at = { x: base.x + position.x, y: base.y + position.y }
    places.set(id, at)
    for (const { id: port, x, y, width = 0, height = 0 } of handles)
      ports.set(`${id}:${port}`, { x: at.x + x + width / 2, y: at.y + y + height / 2 })
  }
  return ports
}

import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { clsx } from 'clsx'
import { Plus } from 'lucide-react'
import { memo } from 'react'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { UNDO_PORT } from '#nodes/graph/scopes.ts'
import { asidesIn } from '../asides.ts'
import type { FlowEdge } from '../flow.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { threadPath } from '../thread-path.ts'
import { useDrawing } from './drawing.ts'
import { threadLook, threadStrokes } from './thread-look.ts'

/** A thread: at right angles, softly rounded; solid once it carried data, with a bright point while data passes. */
export const EdgeLine = memo(function EdgeLine(props: EdgeProps<FlowEdge>) {
  const { id, selected, sourceHandleId, sourceX, sourceY, targetX, targetY } = props
  const hasRun = useEditor((state) => state.run !== null)
  const carried = useEditor((state) => state.run?.overlay.carried.has(id) ?? false)
  const travelling = useEditor((state) => state.run?.overlay.travelling.has(id) ?? false)
  const undoes = useEditor((state) => asidesIn(state.document).undoes(props.source) !== undefined)
  const hovered = useEditor((state) => state.hoveredEdge === id && !state.readonly)
  const { path, middle } = threadPath({
    from: { x: sourceX, y: sourceY },
    to: { x: targetX, y: targetY },
    port: sourceHandleId,
  })
  const look = threadLook({ port: sourceHandleId, selected: selected === true, hasRun, carried })
  const lends = sourceHandleId === TOOLS_PORT
  const dashed = undoes || sourceHandleId === UNDO_PORT
  const wide = look === 'selected' || look === 'carried' || look === 'error' || look === 'undo'
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={24}
        className={clsx('transition-[stroke] duration-200', threadStrokes[look], hovered && 'stroke-accent!')}
        style={{
          strokeWidth: wide ? 2 : 1.5,
          ...(lends ? { strokeDasharray: '1 5', strokeLinecap: 'round' } : {}),
          ...(dashed ? { strokeDasharray: '6 4' } : {}),
        }}
      />
      {travelling && (
        <circle r={3.5} className="fill-accent motion-reduce:hidden">
          <animateMotion dur="1.1s" repeatCount="indefinite" path={path} />
        </circle>
      )}
      {(hovered || selected) && !lends && <InsertButton id={id} {...middle} />}
    </>
  )
})

function InsertButton({ id, x, y }: { id: string; x: number; y: number }) {
  const { t } = useDrawing()
  const store = useEditorStore()
  const readonly = useEditor((state) => state.readonly)
  if (readonly) return null
  return (
    <EdgeLabelRenderer>
      <button
        type="button"
        aria-label={t('insertNode')}
        title={t('insertNode')}
        onClick={() => store.setState({ palette: { edge: id } })}
        onMouseEnter={() => store.setState({ hoveredEdge: id })}
        className="nodrag nopan pointer-events-auto absolute flex size-5 animate-fade items-center justify-center rounded-full border border-accent bg-surface text-accent after:absolute after:-inset-1.5 hover:bg-accent hover:text-on-accent"
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      >
        <Plus className="size-3" strokeWidth={2.5} />
      </button>
    </EdgeLabelRenderer>
  )
}

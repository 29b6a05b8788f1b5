import { type NodeProps, NodeResizer } from '@xyflow/react'
import { clsx } from 'clsx'
import { TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { NodeIcon } from '../../ui/NodeIcon.tsx'
import { sectionBands } from '../asides.ts'
import type { FlowNode } from '../flow.ts'
import { canFail, measures, sizeOf } from '../measures.ts'
import { hasErrorEdge, overlayOf, useEditor, useEditorStore } from '../store.ts'
import { edit } from '../verbs.ts'
import { useDrawing } from './drawing.ts'
import { FarPorts, InnerPorts, InPort, OutPorts } from './Ports.tsx'
import { RunChip } from './RunChip.tsx'

/** A quiet region whose header reads as a sentence; what is in it runs once for each element. */
export const FrameNode = memo(function FrameNode({ id, data: { node }, selected }: NodeProps<FlowNode>) {
  const store = useEditorStore()
  const find = useEditor((state) => state.find)
  const readonly = useEditor((state) => state.readonly)
  const run = useEditor((state) => overlayOf(state).nodes.get(id))
  const isTarget = useEditor((state) => state.dropFrame === id)
  const problems = useEditor((state) => state.problemsByNode.get(id))
  const failsOver = useEditor((state) => hasErrorEdge(state, id))
  const info = find(node.type, node.version)
  const { words, far } = useDrawing()
  const height = useEditor((state) => sizeOf(node, state).height)
  const border = isTarget ? 'border-accent' : selected ? 'border-accent' : 'border-line'
  return (
    <div
      className={clsx(
        'group relative h-full w-full rounded-lg bg-sunken/70 transition-colors duration-[120ms]',
        far ? 'border-3' : 'border',
        border,
        isTarget && 'bg-accent-soft/60!',
        selected && 'ring-2 ring-accent/25',
      )}
    >
      <header
        className="flex items-center gap-2 rounded-t-lg px-3 text-sm"
        style={{ height: measures.frame.header }}
      >
        <NodeIcon icon={info?.icon ?? 'repeat'} group={info?.group ?? 'logic'} size="md" />
        {!far && (
          <>
            <span className="min-w-0 truncate font-medium">{words.title(node, info)}</span>
            <span className="min-w-0 truncate text-muted">{words.line(node, info)}</span>
          </>
        )}
        {problems && problems.length > 0 && (
          <TriangleAlert aria-hidden className="ml-auto size-4 shrink-0 text-bad" />
        )}
      </header>
      {info?.frame === 'try' && <Sections frame={id} />}
      {run && !far && <RunChip run={run} />}
      {far ? (
        <FarPorts node={node} />
      ) : (
        <>
          <InPort height={height} />
          {info?.frame === 'try' && <InnerPorts node={node} />}
          <OutPorts
            ports={['out']}
            height={height}
            error={canFail(node, find) ? (selected || failsOver ? 'shown' : 'hidden') : 'none'}
          />
        </>
      )}
      <NodeResizer
        isVisible={Boolean(selected) && !readonly}
        minWidth={measures.card.width + 2 * measures.frame.padding}
        minHeight={140}
        lineClassName="border-transparent!"
        handleClassName="size-2.5! rounded-xs! border-2! border-accent! bg-surface!"
        onResizeEnd={(_, box) => {
          const size = { width: Math.round(box.width), height: Math.round(box.height) }
          edit(store, { type: 'resize', key: id, size, position: { x: box.x, y: box.y } })
        }}
      />
    </div>
  )
})

/** The parts of a *try* below its body, each a band behind its steps. */
function Sections({ frame }: { frame: string }) {
  const store = useEditorStore()
  const document = useEditor((state) => state.document)
  const bands = sectionBands({ document, key: frame }, (node) => sizeOf(node, store.getState()).height)
  return bands.map(({ section, top, bottom }) => (
    <div
      key={section}
      aria-hidden
      className={clsx(
        'pointer-events-none absolute inset-x-3 rounded-md border border-dashed',
        section === 'catch' ? 'border-bad/40 bg-bad/5' : 'border-line bg-surface/50',
      )}
      style={{ top: top - 14, height: bottom - top + 28 }}
    />
  ))
}

import type { NodeProps } from '@xyflow/react'
import { clsx } from 'clsx'
import { memo } from 'react'
import type { DocumentNode, Problem } from '#nodes/graph/document.ts'
import { NodeIcon } from '../../ui/NodeIcon.tsx'
import { asidesIn } from '../asides.ts'
import type { FlowNode } from '../flow.ts'
import { canFail, canUndo, sizeOf, waysOut } from '../measures.ts'
import type { NodeRun } from '../run-overlay.ts'
import { hasErrorEdge, hasUndoEdge, overlayOf, toolCount, useEditor } from '../store.ts'
import { Mark, Strip, worstOf } from './card-marks.tsx'
import { useDrawing } from './drawing.ts'
import { FarCard } from './FarCard.tsx'
import { FarPorts, InPort, OutPorts, ToolsPort } from './Ports.tsx'
import { RunChip } from './RunChip.tsx'

/** One step as a card: its kind, its name, and what it does in a line. */
export const NodeCard = memo(function NodeCard({ id, data: { node }, selected }: NodeProps<FlowNode>) {
  const { far } = useDrawing()
  const run = useEditor((state) => overlayOf(state).nodes.get(id))
  const problems = useEditor((state) => state.problemsByNode.get(id))
  const find = useEditor((state) => state.find)
  if (!far) return <NearCard {...{ node, selected, run, problems }} />
  return (
    <>
      <FarCard
        info={find(node.type, node.version)}
        status={run?.status}
        selected={selected}
        trouble={problems ? worstOf(problems) : null}
      />
      <FarPorts node={node} />
    </>
  )
})

interface NearCardProps {
  node: DocumentNode
  selected: boolean
  run: NodeRun | undefined
  problems: readonly Problem[] | undefined
}

function NearCard({ node, selected, run, problems }: NearCardProps) {
  const { words, t } = useDrawing()
  const find = useEditor((state) => state.find)
  const failsOver = useEditor((state) => hasErrorEdge(state, node.key))
  const isUndone = useEditor((state) => hasUndoEdge(state, node.key))
  const undoes = useEditor((state) => asidesIn(state.document).undoes(node.key) !== undefined)
  const info = find(node.type, node.version)
  const height = useEditor((state) => sizeOf(node, state).height)
  const tools = useEditor((state) => toolCount(state, node.key))
  const isTarget = useEditor((state) => state.dropAgent === node.key)
  const isTrigger = info?.role === 'trigger'
  return (
    <div
      className={clsx(
        'group relative flex h-full w-full items-center gap-3 border bg-surface px-3 transition-[border-color,box-shadow] duration-[120ms]',
        undoes && 'border-dashed',
        isTrigger ? 'rounded-r-md rounded-l-[30px] pl-4' : 'rounded-md',
        selected || isTarget ? 'border-accent ring-2 ring-accent/25' : 'border-line hover:border-edge',
        run?.status === 'skipped' && 'opacity-55',
      )}
    >
      <Strip status={run?.status} rounded={isTrigger} />
      <NodeIcon icon={info?.icon ?? 'circle-alert'} group={info?.group ?? 'logic'} />
      <div className="min-w-0 grow">
        <div className="truncate font-medium text-ink text-sm leading-5">{words.title(node, info)}</div>
        <div className="truncate text-muted text-xs leading-4">
          {words.line(node, info)}
          {tools > 0 && <span className="text-faint"> · {t('line.tools', { count: tools })}</span>}
        </div>
      </div>
      {node.repeat && <RepeatMark />}
      <Mark problems={problems} className={isTrigger ? 'left-4' : '-left-2'} />
      {run && <RunChip run={run} />}
      {!isTrigger && <InPort height={height} />}
      {info?.takesTools && <ToolsPort used={tools > 0} />}
      <OutPorts
        ports={waysOut(node, find)}
        height={height}
        error={canFail(node, find) ? (selected || failsOver ? 'shown' : 'hidden') : 'none'}
        undo={canUndo(node, find) && !undoes ? (selected || isUndone ? 'shown' : 'hidden') : 'none'}
      />
    </div>
  )
}

/** A second edge behind the card, as of a pile: it runs once for each element. */
function RepeatMark() {
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-x-2 -bottom-1.5 h-1.5 rounded-b-md border border-line border-t-0 bg-sunken"
    />
  )
}

import type { NodeProps } from '@xyflow/react'
import { clsx } from 'clsx'
import { memo } from 'react'
import { NodeIcon } from '../../ui/NodeIcon.tsx'
import type { FlowNode } from '../flow.ts'
import { overlayOf, toolCount, useEditor } from '../store.ts'
import { Mark, Strip, worstOf } from './card-marks.tsx'
import { useDrawing } from './drawing.ts'
import { FarCard } from './FarCard.tsx'
import { FarPorts, ToolIn, ToolsPort } from './Ports.tsx'
import { RunChip } from './RunChip.tsx'

/** What an agent may use: smaller than a step, for nothing leads past it; its line names what the agent fills in. */
export const ToolCard = memo(function ToolCard({ id, data: { node }, selected }: NodeProps<FlowNode>) {
  const { far, words, t } = useDrawing()
  const run = useEditor((state) => overlayOf(state).nodes.get(id))
  const problems = useEditor((state) => state.problemsByNode.get(id))
  const info = useEditor((state) => state.find(node.type, node.version))
  const tools = useEditor((state) => toolCount(state, id))
  const said = words.tool(node, info)
  if (far) {
    const trouble = problems ? worstOf(problems) : null
    return (
      <>
        <FarCard info={info} status={run?.status} selected={selected} trouble={trouble} />
        <FarPorts node={node} />
      </>
    )
  }
  return (
    <div
      className={clsx(
        'group relative flex h-full w-full items-center gap-2 rounded-md border bg-surface px-2.5 transition-[border-color,box-shadow] duration-[120ms]',
        selected ? 'border-accent ring-2 ring-accent/25' : 'border-line hover:border-edge',
        run?.status === 'skipped' && 'opacity-55',
      )}
    >
      <Strip status={run?.status} />
      <NodeIcon icon={info?.icon ?? 'circle-alert'} group={info?.group ?? 'logic'} size="md" />
      <div className="min-w-0 grow">
        <div className="truncate font-medium text-ink text-xs leading-4">{words.title(node, info)}</div>
        <div className="truncate text-muted text-xs leading-4">
          {said.left !== '' && <span className="text-violet">{said.left} </span>}
          {said.line}
          {tools > 0 && <span className="text-faint"> · {t('line.tools', { count: tools })}</span>}
        </div>
      </div>
      <Mark problems={problems} className="-left-2" />
      {run && <RunChip run={run} />}
      <ToolIn />
      {info?.takesTools && <ToolsPort used={tools > 0} />}
    </div>
  )
})

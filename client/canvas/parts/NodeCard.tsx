import { type NodeProps, useUpdateNodeInternals } from '@xyflow/react'
import { clsx } from 'clsx'
import { TriangleAlert } from 'lucide-react'
import { memo, useEffect } from 'react'
import { NodeIcon } from '../../ui/NodeIcon.tsx'
import type { FlowNode } from '../flow.ts'
import { canFail, sizeOf, waysOut } from '../measures.ts'
import { useCardWords } from '../node-words.ts'
import { hasErrorEdge, overlayOf, useEditor } from '../store.ts'
import { statusLooks } from './card-look.ts'
import { InPort, OutPorts } from './Ports.tsx'
import { RunChip } from './RunChip.tsx'

/** One step as a card: its kind, its name, and what it does in a line. */
export const NodeCard = memo(function NodeCard({ id, data: { node }, selected }: NodeProps<FlowNode>) {
  const find = useEditor((state) => state.find)
  const run = useEditor((state) => overlayOf(state).nodes.get(id))
  const problems = useEditor((state) => state.problemsByNode.get(id))
  const failsOver = useEditor((state) => hasErrorEdge(state, id))
  const info = find(node.type, node.version)
  const words = useCardWords()
  const ports = waysOut(node, find)
  useFreshPorts(id, ports)
  const { height } = sizeOf(node, find)
  const isTrigger = info?.role === 'trigger'
  const worst = problems?.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
  return (
    <div
      className={clsx(
        'group relative flex h-full w-full items-center gap-3 border bg-surface px-3 transition-[border-color,box-shadow] duration-[120ms]',
        isTrigger ? 'rounded-r-md rounded-l-[30px] pl-4' : 'rounded-md',
        selected ? 'border-accent ring-2 ring-accent/25' : 'border-line hover:border-edge',
        run?.status === 'skipped' && 'opacity-55',
      )}
    >
      <Strip status={run?.status} rounded={isTrigger} />
      <NodeIcon icon={info?.icon ?? 'circle-alert'} group={info?.group ?? 'logic'} />
      <div className="min-w-0 grow">
        <div className="truncate font-medium text-ink text-sm leading-5">{words.title(node, info)}</div>
        <div className="truncate text-muted text-xs leading-4">{words.line(node, info)}</div>
      </div>
      {node.repeat && <RepeatMark />}
      {problems && problems.length > 0 && (
        <span
          aria-hidden
          className={clsx(
            'absolute -top-2 flex size-4.5 items-center justify-center rounded-full border-2 border-paper text-on-bad',
            isTrigger ? 'left-4' : '-left-2',
            worst === 'error' ? 'bg-bad' : 'bg-warn',
          )}
        >
          <TriangleAlert className="size-2.5" strokeWidth={3} />
        </span>
      )}
      {run && <RunChip run={run} />}
      {!isTrigger && <InPort height={height} />}
      <OutPorts
        ports={ports}
        height={height}
        error={canFail(node, find) ? (selected || failsOver ? 'shown' : 'hidden') : 'none'}
      />
    </div>
  )
})

/** React Flow measures ports once; a switch grows new ones. */
function useFreshPorts(id: string, ports: readonly string[]): void {
  const update = useUpdateNodeInternals()
  const names = ports.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of names that matters
  useEffect(() => update(id), [id, names, update])
}

function Strip({ status, rounded }: { status: keyof typeof statusLooks | undefined; rounded: boolean }) {
  if (!status) return null
  return (
    <span
      aria-hidden
      className={clsx(
        'pointer-events-none absolute -inset-px overflow-hidden',
        rounded ? 'rounded-r-md rounded-l-[30px]' : 'rounded-md',
      )}
    >
      <span className={clsx('absolute inset-x-0 bottom-0 h-[3px] animate-fade', statusLooks[status].strip)} />
    </span>
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

import { clsx } from 'clsx'
import { memo } from 'react'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { NodeIcon } from '../../ui/NodeIcon.tsx'
import type { NodeStatus } from '../run-overlay.ts'
import { statusLooks } from './card-look.ts'

export interface FarCardProps {
  info: NodeInfo | undefined
  status: NodeStatus | undefined
  selected: boolean
  /** How bad its worst problem is. */
  trouble: 'error' | 'warning' | null
}

// A thin line would vanish: what is wrong fills the card.
const troubleLooks = {
  none: 'border-edge bg-surface',
  warning: 'border-warn bg-warn-soft',
  error: 'border-bad bg-bad-soft',
}

/** A card from far away: its shape, its kind, and its state. */
export const FarCard = memo(function FarCard({ info, status, selected, trouble }: FarCardProps) {
  const shape = info?.role === 'trigger' ? 'rounded-r-md rounded-l-[30px] pl-4' : 'rounded-md pl-3'
  return (
    <div
      className={clsx(
        'relative flex h-full w-full items-center overflow-hidden border-4',
        shape,
        troubleLooks[trouble ?? 'none'],
        selected && 'border-accent! ring-8 ring-accent/25',
        status === 'skipped' && 'opacity-55',
      )}
    >
      <NodeIcon icon={info?.icon ?? 'circle-alert'} group={info?.group ?? 'logic'} />
      {status && <span className={clsx('absolute inset-x-0 bottom-0 h-3', statusLooks[status].strip)} />}
    </div>
  )
})

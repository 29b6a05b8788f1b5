import { clsx } from 'clsx'
import { iconNamed } from './node-icons.ts'

export type NodeIconGroup = 'trigger' | 'logic' | 'data' | 'agent' | 'person' | 'app'

const tiles: Record<NodeIconGroup, string> = {
  trigger: 'rounded-l-full rounded-r-sm bg-accent-soft text-accent border-accent-line/50',
  logic: 'rounded-sm bg-sunken text-muted border-line',
  data: 'rounded-sm bg-sunken text-muted border-line',
  agent: 'rounded-sm bg-violet-soft text-violet border-violet/25',
  person: 'rounded-sm bg-rose-soft text-rose border-rose/25',
  app: 'rounded-sm bg-raised text-ink border-line',
}

export interface NodeIconProps {
  /** A lucide icon name, as in `globe`. */
  icon: string
  group: NodeIconGroup
  /** 36 px on a card, 28 in a list, 20 in a line of text. */
  size?: 'lg' | 'md' | 'sm'
  className?: string
}

const sizes = { lg: 'size-9 [&>svg]:size-4.5', md: 'size-7 [&>svg]:size-4', sm: 'size-5 [&>svg]:size-3' }

/** The tile that tells a node's kind. */
export function NodeIcon({ icon, group, size = 'lg', className }: NodeIconProps) {
  const Icon = iconNamed(icon)
  return (
    <span
      aria-hidden
      className={clsx(
        'flex shrink-0 items-center justify-center border',
        tiles[group],
        sizes[size],
        className,
      )}
    >
      <Icon strokeWidth={1.75} />
    </span>
  )
}

import { clsx } from 'clsx'
import {
  Ban,
  Check,
  CircleDashed,
  CircleSlash,
  Clock,
  Hourglass,
  Reply,
  RotateCw,
  TriangleAlert,
  X,
} from 'lucide-react'
import { useTranslations } from 'use-intl'

const statuses = [
  'queued',
  'running',
  'waiting',
  'attention',
  'retrying',
  'succeeded',
  'responded',
  'failed',
  'cancelled',
  'skipped',
] as const
export type Status = (typeof statuses)[number]

const looks: Record<Status, { icon: typeof Check; className: string }> = {
  queued: { icon: CircleDashed, className: 'text-muted' },
  running: { icon: RotateCw, className: 'text-accent' },
  waiting: { icon: Hourglass, className: 'text-warn' },
  attention: { icon: TriangleAlert, className: 'text-bad' },
  retrying: { icon: Clock, className: 'text-warn' },
  succeeded: { icon: Check, className: 'text-good' },
  responded: { icon: Reply, className: 'text-good' },
  failed: { icon: X, className: 'text-bad' },
  cancelled: { icon: Ban, className: 'text-muted' },
  skipped: { icon: CircleSlash, className: 'text-faint' },
}

/** The status of a name the server gave; one we do not know yet shows as queued. */
export function statusNamed(name: string): Status {
  return statuses.find((status) => status === name) ?? 'queued'
}

/** How something went: icon, word and colour together, never colour alone. */
export function StatusBadge({ status, className }: { status: Status; className?: string }) {
  const t = useTranslations('ui')
  const { icon: Icon, className: tone } = looks[status]
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-sm',
        tone,
        className,
      )}
    >
      <Icon
        aria-hidden
        strokeWidth={2.25}
        className={clsx('size-3.5 shrink-0', status === 'running' && 'animate-breathe')}
      />
      {t(`status.${status}`)}
    </span>
  )
}

import { clsx } from 'clsx'
import { Undo2 } from 'lucide-react'
import { useT } from '../../lib/use-t.ts'
import { Duration } from '../../ui/Duration.tsx'
import type { NodeRun } from '../run-overlay.ts'
import { statusLooks } from './card-look.ts'

/** Count and time of a node in a run, with its state as an icon that has a name. */
export function RunChip({ run }: { run: NodeRun }) {
  const t = useT('editor')
  const { icon: Icon, chip } = statusLooks[run.status]
  const isOpen =
    run.status === 'attention' ||
    run.status === 'running' ||
    run.status === 'retrying' ||
    run.status === 'waiting' ||
    run.status === 'asking'
  return (
    <span
      className={clsx(
        'pointer-events-none absolute right-1 bottom-full mb-1 flex h-5 items-center gap-1 whitespace-nowrap rounded-xs bg-paper px-1 font-medium text-xs tabular-nums',
        chip,
      )}
    >
      <Icon role="img" aria-label={t(`nodeStatus.${run.status}`)} className="size-3" strokeWidth={2.5} />
      {run.undo && (
        <Undo2
          role="img"
          aria-label={t(`undo.${run.undo}`)}
          className={clsx('size-3', run.undo === 'failed' ? 'text-bad' : 'text-warn')}
          strokeWidth={2.5}
        />
      )}
      {run.progress ? (
        <span>
          {run.progress.done}/{run.progress.of}
        </span>
      ) : (
        run.count > 1 && <span>×{run.count}</span>
      )}
      {run.status === 'skipped' || run.status === 'reused' ? null : isOpen ? (
        <Duration from={run.startedAt} />
      ) : (
        <Duration ms={run.ms ?? 0} className="text-muted" />
      )}
    </span>
  )
}

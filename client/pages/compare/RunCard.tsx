import { Link } from 'react-router'
import { useFormat } from '#client/lib/format.ts'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import type { Compared } from './Comparison.tsx'

/** One of the two runs in short. */
export function RunCard({ run, label }: { run: Compared['left']; label: string }) {
  const t = useT('replay')
  const editor = useT('editor')
  const format = useFormat()
  const { slug } = useTenant()
  return (
    <section className="flex min-w-0 flex-col gap-1.5 rounded-md border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3">
        <h2 className="font-semibold">{label}</h2>
        <StatusBadge status={run.status} />
        <Link to={paths.run(slug, run.id)} className="ml-auto text-accent text-sm hover:underline">
          {t('compare.open')}
        </Link>
      </div>
      <p className="flex flex-wrap gap-x-3 text-muted text-sm tabular-nums">
        {run.startedAt && <Duration from={run.startedAt} to={run.finishedAt} />}
        <TimeAgo at={run.createdAt} />
        <span>{editor(`startedBy.${run.startedBy}`)}</span>
        <span>
          {run.version === null ? editor('bottom.draft') : editor('bottom.version', { number: run.version })}
        </span>
        {run.costUsd > 0 && <span>{format.usd(run.costUsd)}</span>}
      </p>
      {run.replayOf && <p className="text-muted text-sm">{t('links.of')}</p>}
      {run.failure && <p className="break-words text-bad text-sm">{run.failure.message}</p>}
    </section>
  )
}

import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import { type RunRow, shownStatus } from './row.ts'
import { FailureLine, RunDuration } from './use-columns.tsx'

export function RunPhoneRow({ row }: { row: RunRow }) {
  const { slug } = useTenant()
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-3">
        <Link to={paths.run(slug, row.id)} data-row-link className="min-w-0 grow truncate py-0.5 font-medium">
          {row.workflowName}
        </Link>
        <TimeAgo at={row.createdAt} className="shrink-0 text-faint text-sm" />
      </div>
      <div className="flex items-center gap-3">
        <StatusBadge status={shownStatus(row)} />
        <span className="flex min-w-0 grow">
          <FailureLine failure={row.failure} />
        </span>
        <RunDuration row={row} />
      </div>
    </div>
  )
}

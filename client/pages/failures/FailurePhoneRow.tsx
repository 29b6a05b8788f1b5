import { Link } from 'react-router'
import { useFailureText } from '#client/canvas/failure-words.ts'
import { useFormat } from '#client/lib/format.ts'
import { useTenant } from '#client/lib/session.ts'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import { RetryCause } from './RetryCause.tsx'
import type { FailureRow } from './row.ts'

export function FailurePhoneRow({ row }: { row: FailureRow }) {
  const { slug } = useTenant()
  const text = useFailureText()
  const format = useFormat()
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 grow">
        <Link
          to={paths.runsOfCause(slug, row.failureKey)}
          data-row-link
          className="block truncate py-0.5 font-medium"
        >
          {text(row)}
        </Link>
        <p className="flex gap-3 text-muted text-sm">
          <span className="truncate">{row.workflow.name}</span>
          <span className="ml-auto shrink-0 tabular-nums">{format.number(row.count)}</span>
          <TimeAgo at={row.lastAt} className="shrink-0" />
        </p>
      </div>
      <RetryCause row={row} />
    </div>
  )
}
